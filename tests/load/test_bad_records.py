"""A bad record is rejected with its place, reason and raw text; the rest lands, all counted."""

import json

import duckdb
import pytest

from tests.load.desk import Desk

HEADER = "record_id,record_type,full_name,owner_id,employee_count,email_opt_in,created_at\n"
GOOD = "{i},contact,Name {i},7,12,true,2026-01-02T03:04:05Z\n"


def good(*numbers: int) -> str:
    return "".join(GOOD.format(i=i) for i in numbers)


def loaded(desk: Desk, record_count: int) -> None:
    """The folder loads, and every record of `records` landed or was rejected."""
    outcome = desk.load()
    assert outcome.code == 0, outcome
    assert desk.records_accounted_for("records") == record_count
    rejected = desk.value("select rejected_count from raw_meta.loads")
    assert rejected == desk.value(
        "select count(distinct (file_name, line_number)) from raw_meta.rejects"
    )
    assert desk.value("select row_count from raw_meta.loads") + rejected == record_count
    assert outcome.out.startswith(f"records: {record_count} records = ")


def ids(desk: Desk) -> list[str]:
    return [row[0] for row in desk.rows("select record_id from raw_open.records order by 1")]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("2,contact,B,7,12,true,30-12-20", "created_at", "ISO 8601"),
        ("2,contact,B,7,12,true,12/30/2020", "created_at", "ISO 8601"),
        ("2,contact,B,7,12,true,30.12.2020 10:00", "created_at", "ISO 8601"),
        ("2,contact,B,7,12,true,2020-02-30", "created_at", "ISO 8601"),
        ("2,contact,B,7,12,true,1609459200000", "created_at", "ISO 8601"),
        ("2,contact,B,7,12,true,infinity", "created_at", "ISO 8601"),
        ("1e5,contact,B,7,12,true,2020-12-30", "record_id", "scientific"),
        ("1.0E+10,contact,B,7,12,true,2020-12-30", "record_id", "scientific"),
        ("2,contact,B,1.23457E+14,12,true,2020-12-30", "owner_id", "scientific"),
        (",contact,B,7,12,true,2020-12-30", "record_id", "key is empty"),
        ("2,  ,B,7,12,true,2020-12-30", "record_type", "key is empty"),
        ("2,kontakt,B,7,12,true,2020-12-30", "record_type", "is none of contact, lead, company"),
        ("2,deal,B,7,12,true,2020-12-30", "record_type", "'deal' is none of contact, lead"),
        ("2,contact,B,7,12.5,true,2020-12-30", "employee_count", "whole number"),
        ("2,contact,B,7,many,true,2020-12-30", "employee_count", "whole number"),
        ("2,contact,B,7,12,maybe,2020-12-30", "email_opt_in", "true or false"),
        ("2,contact,B,7,12", None, "has 5 cells, the header has 7"),
        ("2,contact,B,7,12,true,2020-12-30,x", None, "has 8 cells, the header has 7"),
        ('2,contact,"B"ob,7,12,true,2020-12-30', None, "quote"),
    ],
)
def test_bad_record_is_rejected_with_place_reason_and_text(
    desk: Desk, cells: str, column: str | None, reason: str
) -> None:
    desk.put("records.csv", HEADER + good(1) + cells + "\n" + good(3))
    loaded(desk, 3)
    assert ids(desk) == ["1", "3"]
    [(file_name, line_number, column_name, error, raw_line)] = desk.rejects()
    assert (file_name, line_number, column_name) == ("records.csv", 3, column)
    assert reason in error
    assert raw_line == cells


def test_record_with_two_bad_cells_counts_once(desk: Desk) -> None:
    desk.put("records.csv", HEADER + good(1) + "2,contact,B,7,x,y,2020-12-30\n")
    loaded(desk, 2)
    assert [row[2] for row in desk.rejects()] == ["email_opt_in", "employee_count"]


def test_truncated_csv_rejects_its_last_record(desk: Desk) -> None:
    whole = HEADER + good(*range(1, 200))
    desk.put("records.csv", whole[:-40])
    loaded(desk, 199)
    assert [row[1] for row in desk.rejects()] == [200]


def test_columns_are_bound_by_name_in_any_order(desk: Desk) -> None:
    desk.put("records.csv", "Created_At, email ,RECORD_TYPE,record_id\n2026-01-02,a@b.c,lead,9\n")
    loaded(desk, 1)
    found = desk.rows("select record_id, record_type, email, created_at from raw_open.records")
    assert [(*row[:3], str(row[3])) for row in found] == [
        ("9", "lead", "a@b.c", "2026-01-02 00:00:00")
    ]


def test_latin_1_records_are_rejected_and_the_rest_lands(desk: Desk) -> None:
    bad = "2,contact,Jürgen,7,12,true,2026-01-02\n".encode("latin-1")
    desk.put("records.csv", (HEADER + good(1)).encode() + bad + good(3).encode())
    loaded(desk, 3)
    [(_, line_number, _, error, raw_line)] = desk.rejects()
    assert line_number == 3
    assert "not text" in error
    assert raw_line == r"2,contact,J\xFCrgen,7,12,true,2026-01-02"


def test_nul_bytes_are_rejected_and_the_rest_lands(desk: Desk) -> None:
    bad = b"2,contact,B\0b,7,12,true,2026-01-02\n"
    desk.put("records.csv", (HEADER + good(1)).encode() + bad + good(3).encode())
    loaded(desk, 3)
    [(_, line_number, _, _, raw_line)] = desk.rejects()
    assert (line_number, raw_line) == (3, r"2,contact,B\x00b,7,12,true,2026-01-02")


def test_cut_utf_8_at_the_end_of_the_file_is_rejected(desk: Desk) -> None:
    desk.put("records.csv", (HEADER + good(1)).encode() + "2,contact,ü".encode()[:-1])
    loaded(desk, 2)
    assert [row[1] for row in desk.rejects()] == [3]


def test_umlauts_and_a_byte_order_mark_land(desk: Desk) -> None:
    desk.put("records.csv", b"\xef\xbb\xbf" + (HEADER + good(1)).replace("Name", "Jürgen").encode())
    loaded(desk, 1)
    assert desk.value("select full_name from raw_open.records") == "Jürgen 1"


def test_quoted_newlines_keep_physical_line_numbers(desk: Desk) -> None:
    text = (
        HEADER
        + '1,contact,"Ann\n\nof ""Acme"", Inc.\nBerlin",7,12,true,2026-01-02\n'
        + "\n"
        + "2,contact,B,7,12,true,30-12-20\n"
        + '3,contact,"Cy\nD",7,x,true,2026-01-02\n'
        + good(4)
    )
    desk.put("records.csv", text)
    loaded(desk, 4)
    assert desk.rows("select record_id, full_name from raw_open.records order by 1") == [
        ("1", 'Ann\n\nof "Acme", Inc.\nBerlin'),
        ("4", "Name 4"),
    ]
    assert [(row[1], row[2], row[4]) for row in desk.rejects()] == [
        (7, "created_at", "2,contact,B,7,12,true,30-12-20"),
        (8, "employee_count", '3,contact,"Cy\nD",7,x,true,2026-01-02'),
    ]


def test_quote_inside_a_bare_cell_is_just_a_character(desk: Desk) -> None:
    desk.put("records.csv", HEADER + '1,contact,12" pipe,7,12,true,2026-01-02\n' + good(2))
    loaded(desk, 2)
    assert desk.value("select full_name from raw_open.records where record_id = '1'") == '12" pipe'


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_load_alike(desk: Desk, end: str) -> None:
    text = HEADER + good(1) + "2,contact,B,7,12,true,30-12-20\n" + good(3)
    desk.put("records.csv", text.replace("\n", end))
    loaded(desk, 3)
    assert ids(desk) == ["1", "3"]
    assert [(row[1], row[4]) for row in desk.rejects()] == [(3, "2,contact,B,7,12,true,30-12-20")]


def test_windows_line_ends_with_bare_newlines_in_quotes_load(desk: Desk) -> None:
    text = HEADER + '1,contact,"Ann\nLee",7,12,true,2026-01-02\n' + good(2) + good(3)
    desk.put("records.csv", text.replace("\n", "\r\n").replace("Ann\r\n", "Ann\n"))
    loaded(desk, 3)
    assert desk.value("select full_name from raw_open.records where record_id = '1'") == "Ann\nLee"


def test_carriage_return_inside_a_cell_is_kept(desk: Desk) -> None:
    desk.put("records.csv", HEADER + '1,contact,"Ann\rLee",7,12,true,2026-01-02\n' + good(2))
    loaded(desk, 2)
    assert desk.value("select full_name from raw_open.records where record_id = '1'") == "Ann\rLee"


def test_header_only_file_lands_nothing(desk: Desk) -> None:
    desk.put("records.csv", HEADER)
    loaded(desk, 0)


def test_broken_json_lines_are_rejected_and_the_rest_lands(desk: Desk) -> None:
    lines = [
        json.dumps({"record_id": "1", "record_type": "contact", "full_name": "A\nB"}),
        '{"record_id": "2", "record_type": "con',
        "[1, 2]",
        '{"record_id": 1e5, "record_type": "contact"}',
        '{"record_id": "5", "record_type": "contact", "record_type": "lead"}',
        "",
        '{"record_id": "7", "record_type": "contact", "created_at": "30-12-20"}',
        '{"record_id": 8, "record_type": "contact", "email_opt_in": true, "employee_count": 7}',
        '{"record_type": "contact"}',
        '{"record_id": 77.0, "record_type": "contact", "extra": {"a": [1]}}',
        "not json at all",
    ]
    desk.put("records.jsonl", "\n".join(lines) + "\n")
    loaded(desk, 10)
    assert ids(desk) == ["1", "77", "8"]
    assert [(row[1], row[2]) for row in desk.rejects()] == [
        (2, None),
        (3, None),
        (4, "record_id"),
        (5, None),
        (7, "created_at"),
        (9, "record_id"),
        (11, None),
    ]
    assert desk.rejects()[2][4] == lines[3]
    found = desk.rows(
        "select full_name, email_opt_in, employee_count, extra from raw_open.records order by 1"
    )
    assert found[0] == ("A\nB", None, None, None)
    assert (None, True, 7, None) in found
    assert (None, None, None, '{"a":[1]}') in found


def test_bad_parquet_records_are_rejected_by_number(desk: Desk) -> None:
    path = desk.put("records.parquet", b"")
    duckdb.sql(
        "select * from (values (77.0::double, 'contact', 12, timestamp '2026-01-02 03:04:05'), "
        "(1e17::double, 'contact', 12, null), (null, 'contact', 12, null), "
        "(9::double, 'contact', null, null)) as t(record_id, record_type, employee_count, "
        "created_at)"
    ).write_parquet(str(path))
    loaded(desk, 4)
    assert ids(desk) == ["77", "9"]
    assert [(row[1], row[2]) for row in desk.rejects()] == [(2, "record_id"), (3, "record_id")]
    assert "contact" in desk.rejects()[0][4]


def test_exact_duplicates_collapse_and_are_counted(desk: Desk) -> None:
    desk.put("records.csv", HEADER + good(1, 1, 2, 1))
    outcome = desk.load()
    assert "records: 4 records = 2 landed + 2 duplicate" in outcome.out
    assert ids(desk) == ["1", "2"]
    assert desk.value("select count(*) from raw_open_history.records") == 0


def test_files_of_unknown_tables_are_named(desk: Desk) -> None:
    desk.put("records.csv", HEADER + good(1))
    desk.put("pets.csv", "a\n1\n")
    desk.put("README.md", "hello")
    out = desk.load().out
    assert "pets.csv: not loaded, no table of this name" in out
    assert "README.md: not loaded, no table of this name" in out


@pytest.mark.parametrize(
    ("text", "timezone", "utc"),
    [
        ("2020-12-30 3:15:52", "UTC", "2020-12-30 03:15:52"),
        ("2023-11-11 08:18:16.519000 UTC", "Europe/Berlin", "2023-11-11 08:18:16.519000"),
        ("2011-10-01T09:45:09.243Z", "Europe/Berlin", "2011-10-01 09:45:09.243000"),
        ("2011-10-01T09:45:09+02:00", "UTC", "2011-10-01 07:45:09"),
        ("2011-10-01T09:45:09.000+0200", "UTC", "2011-10-01 07:45:09"),
        ("2011-10-01 09:45:09 -03", "UTC", "2011-10-01 12:45:09"),
        ("2011-10-01T09:45Z", "Europe/Berlin", "2011-10-01 09:45:00"),
        ("2011-10-01T09:45", "Europe/Berlin", "2011-10-01 07:45:00"),
        ("2011-12-01 09:45:00", "Europe/Berlin", "2011-12-01 08:45:00"),
        ("2011-10-01", "Europe/Berlin", "2011-09-30 22:00:00"),
        ("2011-10-01", "UTC", "2011-10-01 00:00:00"),
        ("2011-10-01T09:45:09,5Z", "UTC", "2011-10-01 09:45:09.500000"),
    ],
)
def test_iso_times_are_read_in_the_time_zone_given(
    desk: Desk, text: str, timezone: str, utc: str
) -> None:
    desk.put("records.csv", f'record_id,record_type,created_at\n1,contact,"{text}"\n')
    assert desk.load("open", "--timezone", timezone).code == 0
    assert desk.rejects() == []
    assert str(desk.value("select created_at from raw_open.records")) == utc


@pytest.mark.parametrize(
    ("cell", "landed"),
    [("77.0", "77"), ("077", "077"), ("12e45678", "12e45678"), (" 5 ", "5"), ("0010", "0010")],
)
def test_ids_stay_text(desk: Desk, cell: str, landed: str) -> None:
    desk.put("records.csv", f"record_id,record_type\n{cell},contact\n")
    loaded(desk, 1)
    assert ids(desk) == [landed]


@pytest.mark.parametrize("cell", ["true", "TRUE", "1", "yes", "Yes"])
def test_booleans_are_read_as_they_are_written(desk: Desk, cell: str) -> None:
    desk.put("records.csv", f"record_id,record_type,is_deleted\n1,contact,{cell}\n2,lead,no\n")
    loaded(desk, 2)
    assert desk.rows("select is_deleted from raw_open.records order by record_id") == [
        (True,),
        (False,),
    ]


def test_words_of_the_contract_are_read_in_any_case(desk: Desk) -> None:
    desk.put("records.csv", "record_id,record_type\n1, Contact \n2,LEAD\n")
    desk.put("activities.csv", "activity_id,direction\na,Inbound\nb,\n")
    assert desk.load().code == 0
    assert desk.rejects() == []
    assert desk.rows("select record_id, record_type from raw_open.records order by 1") == [
        ("1", "contact"),
        ("2", "lead"),
    ]
    assert desk.rows("select direction from raw_open.activities order by activity_id") == [
        ("inbound",),
        (None,),
    ]


def test_words_that_the_contract_does_not_know_are_rejected(desk: Desk) -> None:
    desk.put("changes.csv", "change_id,entity_type\nc1,person\nc2,Deal\nc3,\n")
    desk.put("activities.csv", "activity_id,direction\na1,sideways\n")
    desk.put("documents.jsonl", '{"document_id": "d1", "document_type": "poem"}\n')
    assert desk.load().code == 0
    assert [(row[0], *row[2:4]) for row in desk.rejects()] == [
        ("activities.csv", "direction", "'sideways' is none of inbound, outbound"),
        ("changes.csv", "entity_type", "'person' is none of contact, lead, company, deal"),
        ("documents.jsonl", "document_type", "'poem' is none of quote, proposal, contract"),
    ]
    landed = "select change_id, entity_type from raw_open.changes order by 1"
    assert desk.rows(landed) == [("c2", "deal"), ("c3", None)]


def test_a_record_of_no_known_type_may_be_any_record_of_a_complete_load(desk: Desk) -> None:
    desk.put("records.csv", "record_id,record_type\n1,contact\n2,lead\n", "whole")
    desk.load(folder="whole")
    desk.put("records.csv", "record_id,record_type\n1,contact\n2,Interessent\n")
    out = desk.load("open", "--complete").out
    assert "none deleted, the keys of 1 records are unreadable" in out
    assert ids(desk) == ["1", "2"]
