"""Objects in one column are read as the fields they hold, or refused; never landed unread."""

import json

import duckdb
import pytest

from tests.load.desk import Desk

STAMP = {"_airbyte_raw_id": "u", "_airbyte_extracted_at": "2026-06-30T18:00:00Z"}
PROPERTIES = {
    "email": "a@b.c",
    "lifecyclestage": "lead",
    "createdate": "2026-01-05T10:00:00Z",
    "lead_score": 7.5,
    "hs_v2_date_entered_lead": None,
}
RECORD = {"id": "7", "updatedAt": "2026-01-06T10:00:00Z", "archived": False}


def is_read(desk: Desk) -> None:
    assert desk.rows(
        "select id, property_email, property_lifecyclestage, cast(property_createdate as varchar) "
        "from raw_hubspot_all.contact"
    ) == [("7", "a@b.c", "lead", "2026-01-05 10:00:00")]
    fields = dict(desk.rows("select field, value from raw_hubspot_all.contact_fields"))
    assert fields["lead_score"] == "7.5"
    assert "properties" not in fields


def test_properties_in_json_lines(desk: Desk) -> None:
    desk.put("contacts.jsonl", json.dumps({**STAMP, **RECORD, "properties": PROPERTIES}) + "\n")
    assert desk.load("hubspot").code == 0
    is_read(desk)


def test_a_whole_record_in_one_column(desk: Desk) -> None:
    data = {**RECORD, "properties": PROPERTIES}
    desk.put("contacts.jsonl", json.dumps({**STAMP, "_airbyte_data": data}) + "\n")
    assert desk.load("hubspot").code == 0
    is_read(desk)


def test_properties_as_text_in_csv(desk: Desk) -> None:
    text = json.dumps(PROPERTIES).replace('"', '""')
    desk.put(
        "contacts.csv",
        "id,updatedAt,archived,properties,_airbyte_extracted_at\n"
        f'7,2026-01-06T10:00:00Z,false,"{text}",2026-06-30T18:00:00Z\n',
    )
    assert desk.load("hubspot").code == 0
    is_read(desk)


def test_properties_as_a_struct_in_parquet_and_in_a_schema(desk: Desk) -> None:
    line = json.dumps({**STAMP, **RECORD, "properties": PROPERTIES})
    path = desk.put("row.json", line, "aside")
    target = desk.put("contacts.parquet", b"")
    with duckdb.connect() as connection:
        connection.execute(f"copy (from read_json('{path}')) to '{target}' (format parquet)")
    assert desk.load("hubspot").code == 0
    is_read(desk)


def test_what_is_flattened_besides_is_read_from_there(desk: Desk) -> None:
    flat = {f"properties_{name}": value for name, value in PROPERTIES.items()}
    record = {**STAMP, **RECORD, **flat, "properties": {**PROPERTIES, "email": "old@b.c"}}
    desk.put("contacts.jsonl", json.dumps(record) + "\n")
    assert desk.load("hubspot").code == 0
    is_read(desk)


def test_objects_that_are_no_json_are_refused(desk: Desk) -> None:
    desk.put(
        "contacts.csv",
        "id,updatedAt,properties,_airbyte_extracted_at\n"
        "7,2026-01-06T10:00:00Z,\"{'email': 'a@b.c'}\",2026-06-30T18:00:00Z\n",
    )
    outcome = desk.load("hubspot")
    assert outcome.code == 2
    assert "properties holds objects that are no JSON" in outcome.err


@pytest.mark.parametrize("name", ["contacts", "export"])
def test_the_file_is_known_by_its_name_or_by_what_the_object_holds(desk: Desk, name: str) -> None:
    desk.put(f"{name}.jsonl", json.dumps({**STAMP, **RECORD, "properties": PROPERTIES}) + "\n")
    assert desk.load("hubspot").code == 0
    is_read(desk)
