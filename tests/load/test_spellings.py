"""Two spellings of one column in one table are one column, in every format and shape."""

import json

import duckdb
import pytest

from tests.load.desk import Desk

ROWS = [
    {"id": "00Q000000000001AAA", "created_date": "2026-01-05T10:00:00Z", "CreatedDate": "",
     "is_deleted": "false", "IsDeleted": "", "lead_source": "Web", "LeadSource": ""},
    {"id": "00Q000000000002AAA", "created_date": "", "CreatedDate": "2026-02-05T10:00:00Z",
     "is_deleted": "", "IsDeleted": "true", "lead_source": "", "LeadSource": "Event"},
]  # fmt: skip
READ = [
    ("2026-01-05 10:00:00", "false", "Web"),
    ("2026-02-05 10:00:00", "true", "Event"),
]


def leads(desk: Desk, schema: str = "raw_salesforce_all") -> list[tuple[str, ...]]:
    return desk.rows(
        "select cast(created_date as varchar), cast(is_deleted as varchar), lead_source "
        f"from {schema}.lead order by id"
    )


def csv_of(rows: list[dict[str, str]], names: list[str]) -> str:
    return "\n".join([",".join(names), *(",".join(row[n] for n in names) for row in rows)]) + "\n"


@pytest.mark.parametrize("is_reversed", [False, True])
def test_in_one_csv_file(desk: Desk, is_reversed: bool) -> None:
    names = ["_fivetran_synced", *(reversed(ROWS[0]) if is_reversed else ROWS[0])]
    rows = [{"_fivetran_synced": "2026-03-01T00:00:00Z", **row} for row in ROWS]
    desk.put("lead.csv", csv_of(rows, names))
    assert desk.load("salesforce").code == 0
    assert leads(desk) == READ


def test_across_files(desk: Desk) -> None:
    old = ["id", "created_date", "is_deleted", "lead_source", "_fivetran_synced"]
    new = ["id", "CreatedDate", "IsDeleted", "LeadSource", "_fivetran_synced"]
    rows = [{"_fivetran_synced": "2026-03-01T00:00:00Z", **row} for row in ROWS]
    desk.put("lead_1.csv", csv_of(rows[:1], old))
    desk.put("lead_2.csv", csv_of(rows[1:], new))
    assert desk.load("salesforce").code == 0
    assert leads(desk) == READ


@pytest.mark.parametrize("mark", ["_fivetran_synced", "_airbyte_extracted_at", "_sdc_batched_at"])
def test_in_json_lines_of_every_connector(desk: Desk, mark: str) -> None:
    rows = [{key: value for key, value in row.items() if value} for row in ROWS]
    rows = [{**row, mark: "2026-03-01T00:00:00Z", "is_converted": "false"} for row in rows]
    desk.put("lead.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert desk.load("salesforce").code == 0
    assert leads(desk) == READ


def test_in_parquet_and_in_a_schema(desk: Desk) -> None:
    typed = (
        "select id, nullif(created_date, '')::timestamptz as created_date, "
        'nullif("CreatedDate", \'\')::timestamptz as "CreatedDate", '
        "nullif(is_deleted, '')::boolean as is_deleted, "
        'nullif("IsDeleted", \'\')::boolean as "IsDeleted", lead_source, "LeadSource", '
        "timestamp '2026-03-01' as _fivetran_synced from read_json($rows)"
    )
    lines = desk.put("rows.json", "".join(json.dumps(row) + "\n" for row in ROWS), "aside")
    query = typed.replace("$rows", f"'{lines}'")
    path = desk.put("lead.parquet", b"")
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to '{path}' (format parquet)")
    assert desk.load("salesforce").code == 0
    assert leads(desk) == READ
    with duckdb.connect(str(desk.warehouse)) as connection:
        connection.execute("create schema fivetran")
        connection.execute(f"create table fivetran.lead as {query.replace('00Q', '00P')}")
        connection.execute("update fivetran.lead set id = replace(id, '00Q', '00R')")
    from scripts.load import main

    assert main(["salesforce", "--schema", "fivetran", "--warehouse", str(desk.warehouse)]) == 0
    assert leads(desk) == [*READ, *READ]


def test_spellings_that_differ_are_rejected(desk: Desk) -> None:
    desk.put(
        "lead.csv",
        "id,created_date,CreatedDate,_fivetran_synced\n"
        "00Q000000000001AAA,2026-01-05 10:00:00,2026-01-05T10:00:00Z,2026-03-01\n"
        "00Q000000000002AAA,2026-01-05 10:00:00,2026-01-06T10:00:00Z,2026-03-01\n",
    )
    assert desk.load("salesforce").code == 0
    [(_, line, column, error, _)] = desk.rejects()
    assert (line, column) == (3, "created_date")
    assert "2026-01-06T10:00:00Z" in error


def test_an_undeclared_column_in_two_cases_is_one(desk: Desk) -> None:
    rows = [
        {"record_id": "1", "record_type": "contact", "Score": 7},
        {"record_id": "2", "record_type": "contact", "score": 8},
    ]
    desk.put("records.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert desk.load().code == 0
    assert desk.rows("select score from raw_open.records order by record_id") == [("7",), ("8",)]
