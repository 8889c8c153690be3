"""A load of which a table hardly landed ends whole: exit 2, the first rejects, nothing kept."""

import pytest

from tests.load.desk import Desk

HEADER = "record_id,record_type,created_at\n"
DEFAULT = ("--max-rejects", "20")


def records(good: int, bad: int) -> str:
    rows = [f"{i},contact,2026-01-02\n" for i in range(good)]
    return HEADER + "".join([*rows, *(f"b{i},contact,soon\n" for i in range(bad))])


def nothing_landed(desk: Desk) -> bool:
    counts = ("raw_open.records", "raw_open.users", "raw_meta.loads", "raw_meta.rejects")
    return all(desk.value(f"select count(*) from {table}") == 0 for table in counts)


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        (0, 0, 0),  # an empty file passes
        (0, 1, 2),  # nothing of it landed
        (1, 4, 0),  # a few are borne, whatever their share
        (1, 5, 2),
        (20, 5, 0),  # exactly a fifth
        (19, 5, 2),
    ],
)
def test_a_table_that_hardly_landed_ends_the_load(
    desk: Desk, good: int, bad: int, code: int
) -> None:
    desk.put("records.csv", records(good, bad))
    desk.put("users.csv", "user_id\nu1\n")
    assert desk.load("open", *DEFAULT).code == code
    assert nothing_landed(desk) == (code == 2)


def test_the_refusal_shows_the_first_three_rejects_and_what_to_do(desk: Desk) -> None:
    desk.put("records.csv", records(2, 6))
    outcome = desk.load("open", *DEFAULT)
    lines = outcome.err.splitlines()
    assert outcome.out == ""
    assert lines[0] == "load: nothing was loaded, because of records:"
    assert lines[1] == "  records: of 8 records 6 were rejected"
    assert [line.partition(" is not")[0] for line in lines[2:5]] == [
        f"    records.csv line {line}, created_at: 'soon'" for line in (4, 5, 6)
    ]
    assert lines[5] == "    and 3 more like these"
    assert "--max-rejects" in lines[6]


def test_how_much_may_be_rejected_can_be_told(desk: Desk) -> None:
    desk.put("records.csv", records(5, 5))
    assert desk.load("open", "--max-rejects", "49.9").code == 2
    assert desk.load("open", "--max-rejects", "50%").code == 0
    with pytest.raises(SystemExit):
        desk.load("open", "--max-rejects", "101")


@pytest.mark.parametrize(
    "labels",
    [
        "hubspot_object,name,value,display_order\ncontact,lifecyclestage,lead,first\n",
        "property_id,value,label\np,lead,Lead\n",  # of another connector: no key of ours
        "",
        "\0\0\0\0",
    ],
)
def test_labels_never_stop_a_load(desk: Desk, labels: str) -> None:
    desk.put("contact.csv", "id,property_createdate\n1,2026-01-02T00:00:00Z\n")
    desk.put("property_option.csv", labels)
    outcome = desk.load("hubspot", *DEFAULT)
    assert outcome.code == 0, outcome
    assert desk.value("select count(*) from raw_hubspot.contact") == 1
    assert "property_option" in outcome.out


def test_a_refused_load_leaves_no_new_warehouse(desk: Desk) -> None:
    desk.put("records.csv", records(0, 1))
    fresh = desk.home / "fresh.duckdb"
    assert desk.load("open", *DEFAULT, "--warehouse", str(fresh)).code == 2
    assert not fresh.exists()
