"""Absence means nothing, unless the load says that it is complete."""

from tests.load.desk import Desk

RECORDS = "record_id,record_type,full_name,created_at,is_deleted,deleted_at\n"
STATE = "select record_id, is_deleted, cast(deleted_at as varchar) from raw_open.records order by 1"
SEEN = (
    "select table_name, key_value, is_deleted, cast(observed_at as varchar) "
    "from raw_meta.observed_deletions order by observed_at, key_value"
)


def records(desk: Desk, *ids: str, extra: str = "") -> None:
    rows = "".join(f"{i},contact,Name {i},2026-01-02,,\n" for i in ids)
    desk.put("records.csv", RECORDS + rows + extra)


def test_absence_means_nothing_without_complete(desk: Desk) -> None:
    records(desk, "1", "2")
    desk.load()
    records(desk, "1")
    desk.load()
    assert desk.rows(STATE) == [("1", None, None), ("2", None, None)]
    assert desk.rows(SEEN) == []


def test_a_complete_load_deletes_what_is_absent_at_its_extraction(desk: Desk) -> None:
    records(desk, "1", "2")
    desk.load()
    records(desk, "1")
    outcome = desk.load("open", "--complete", "--as-of", "2026-02-01")
    assert "1 absent, deleted" in outcome.out
    assert desk.rows(STATE) == [("1", None, None), ("2", True, "2026-02-01 00:00:00")]
    assert desk.rows(SEEN) == [("records", "contact|2", True, "2026-02-01 00:00:00")]
    kept = desk.rows("select record_id, is_deleted, full_name from raw_open_history.records")
    assert kept == [("2", None, "Name 2")]


def test_a_deletion_is_noted_once(desk: Desk) -> None:
    records(desk, "1", "2")
    desk.load()
    records(desk, "1")
    desk.load("open", "--complete", "--as-of", "2026-02-01")
    desk.load("open", "--complete", "--as-of", "2026-02-02")
    assert len(desk.rows(SEEN)) == 1
    assert desk.rows(STATE)[1] == ("2", True, "2026-02-01 00:00:00")


def test_a_later_load_that_brings_the_key_back_restores_it(desk: Desk) -> None:
    records(desk, "1", "2")
    desk.load()
    records(desk, "1")
    desk.load("open", "--complete", "--as-of", "2026-02-01")
    records(desk, "2")
    outcome = desk.load("open", "--as-of", "2026-03-01")
    assert "1 restored" in outcome.out
    assert desk.rows(STATE) == [("1", None, None), ("2", None, None)]
    assert [row[2:] for row in desk.rows(SEEN)] == [
        (True, "2026-02-01 00:00:00"),
        (False, "2026-03-01 00:00:00"),
    ]
    records(desk, "1")
    desk.load("open", "--complete", "--as-of", "2026-04-01")
    assert [row[2] for row in desk.rows(SEEN)] == [True, False, True]


def test_a_return_is_never_noted_before_the_deletion(desk: Desk) -> None:
    records(desk, "1", "2")
    desk.load()
    records(desk, "1")
    desk.load("open", "--complete", "--as-of", "2026-02-01")
    records(desk, "2")
    desk.load("open", "--as-of", "2026-01-15")
    assert [row[2] for row in desk.rows(SEEN)] == [True, False]


def test_rejected_records_are_not_absent(desk: Desk) -> None:
    records(desk, "1", "2")
    desk.load()
    records(desk, "1", extra="2,contact,B,02.01.2026,,\n")
    assert "absent" not in desk.load("open", "--complete").out
    assert desk.rows(STATE) == [("1", None, None), ("2", None, None)]


def test_unreadable_records_keep_everything(desk: Desk) -> None:
    records(desk, "1", "2")
    desk.load()
    records(desk, "1", extra="2,contact\n")
    outcome = desk.load("open", "--complete")
    assert "none deleted, the keys of 1 records are unreadable" in outcome.out
    assert desk.rows(SEEN) == []


def test_rows_without_a_flag_move_to_the_history_and_come_back(desk: Desk) -> None:
    desk.put("deal_contacts.csv", "deal_id,record_id\nd1,1\nd1,2\n")
    desk.load()
    desk.put("deal_contacts.csv", "deal_id,record_id\nd1,1\n")
    desk.load("open", "--complete", "--as-of", "2026-02-01")
    assert desk.rows("select record_id from raw_open.deal_contacts") == [("1",)]
    assert desk.rows("select record_id from raw_open_history.deal_contacts") == [("2",)]
    desk.put("deal_contacts.csv", "deal_id,record_id\nd1,2\n")
    desk.load("open", "--as-of", "2026-03-01")
    assert desk.rows("select record_id from raw_open.deal_contacts order by 1") == [("1",), ("2",)]
    assert [row[:3] for row in desk.rows(SEEN)] == [
        ("deal_contacts", "d1|2", True),
        ("deal_contacts", "d1|2", False),
    ]


def test_change_tables_never_lose_events(desk: Desk) -> None:
    header = "change_id,entity_type,entity_id,field,new_value,changed_at\n"
    rows = [f"c{i},contact,1,lifecycle_stage,lead,2026-01-0{i}\n" for i in (1, 2)]
    desk.put("changes.csv", header + "".join(rows))
    desk.load()
    desk.put("changes.csv", header + rows[0])
    desk.load("open", "--complete")
    assert desk.value("select count(*) from raw_open.changes") == 2


def test_tables_without_a_file_are_not_absent(desk: Desk) -> None:
    records(desk, "1")
    desk.put("users.csv", "user_id\nu1\n")
    desk.load()
    (desk.home / "files" / "users.csv").unlink()
    desk.load("open", "--complete")
    assert desk.value("select count(*) from raw_open.users") == 1


def test_hubspot_deletions_set_the_connectors_flag(desk: Desk) -> None:
    desk.put("contact.csv", "id,property_firstname,_fivetran_deleted\n1,Ann,false\n2,Bo,false\n")
    desk.load("hubspot")
    desk.put("contact.csv", "id,property_firstname,_fivetran_deleted\n1,Ann,false\n")
    desk.load("hubspot", "--complete", "--as-of", "2026-02-01")
    assert desk.rows("select id, _fivetran_deleted from raw_hubspot.contact order by 1") == [
        ("1", False),
        ("2", True),
    ]


def test_the_loads_row_counts_the_rows_it_wrote(desk: Desk) -> None:
    records(desk, "1", "2", "3")
    desk.load()
    records(desk, "1", "4", extra="5,contact,B,bad,,\n")
    desk.load("open", "--complete", "--as-of", "2026-02-01")
    assert desk.rows(
        "select row_count, rejected_count from raw_meta.loads order by started_at"
    ) == [
        (3, 0),
        (3, 1),
    ]
    assert desk.rows(
        "select count(*) from (select _load_id from raw_open.records "
        "union all select _load_id from raw_open_history.records) "
        "inner join raw_meta.loads on load_id = _load_id group by load_id order by 1"
    ) == [(3,), (3,)]
