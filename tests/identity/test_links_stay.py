"""What CRMs tell of merges and conversions, loaded as files: who is one person, and where it is."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.pipeline import Pipeline

MARTS = ("bridge_person_records", "fct_stage_transitions", "fct_handoffs", "int_change_fates")
Row = tuple[object, ...]

LEAD = (
    "id,email,last_name,company,status,is_converted,converted_date,converted_contact_id,"
    "created_date,last_modified_date,system_modstamp,lifecycle_stage_c,created_by_id,is_deleted"
)
CONTACT = (
    "id,email,last_name,created_date,last_modified_date,system_modstamp,lifecycle_stage_c,"
    "created_by_id,is_deleted"
)
HISTORY = "field,data_type,old_value,new_value,created_by_id,created_date,is_deleted"
USER = "005000000000009AAA"


def write(folder: Path, **tables: str) -> Path:
    """A folder with a CSV file for each table."""
    folder.mkdir()
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text("\n".join(text.split()) + "\n", encoding="utf-8")
    return folder


def lead(contact: str, day: str, stage: str) -> str:
    """A lead that was converted into a contact on a day."""
    return (
        f"00Q000000000901AAA,l@own.example,L,F,Converted,true,{day},{contact},"
        f"2026-02-01T10:00:00Z,{day}T12:00:00Z,{day}T12:00:00Z,{stage},{USER},false"
    )


def contact(record: str, email: str, created: str, stage: str) -> str:
    """A contact as it was created."""
    at = f"{created}T12:00:00Z"
    return f"{record},{email},C,{at},{at},{at},{stage},{USER},false"


def change(kind: str, number: int, record: str, told: str, at: str) -> str:
    """A change of the stage, `told` as from>to."""
    old, _, new = told.partition(">")
    return f"01700000000{number}AAA,{record},Lifecycle_Stage__c,Text,{old},{new},{USER},{at},false"


def told(pipeline: Pipeline, query: str) -> Sequence[Row]:
    """The rows of a query over the marts of what has landed."""
    models = pipeline.run_models(MARTS)
    rows = models.rows(query)
    models.close()
    return rows


A, B, LEAD_ID = "003000000000901AAA", "003000000000902AAA", "00Q000000000901AAA"


def test_a_lead_that_is_converted_again_joins_both_contacts(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    first = contact(A, "a@own.example", "2026-03-10", "sal")
    pipeline.load(
        "salesforce",
        write(
            tmp_path / "1",
            lead=f"{LEAD} {lead(A, '2026-03-10', 'sal')}",
            contact=f"{CONTACT} {first}",
        ),
        "--as-of",
        "2026-03-31T18:00:00Z",
    )
    pipeline.load(
        "salesforce",
        write(
            tmp_path / "2",
            lead=f"{LEAD} {lead(B, '2026-04-10', 'sal')}",
            contact=f"{CONTACT} {first} {contact(B, 'b@own.example', '2026-04-10', 'sal')}",
        ),
        "--as-of",
        "2026-06-30T18:00:00Z",
    )
    assert told(
        pipeline,
        "select record_id, count(*) over (partition by person_id),"
        " previous_person_id is null or previous_person_id = md5(record_id), link_kind"
        " from marts.bridge_person_records order by 1",
    ) == [
        (f"salesforce:contact:{A}", 3, True, "same_record"),
        (f"salesforce:contact:{B}", 3, True, "conversion"),
        (f"salesforce:lead:{LEAD_ID}", 3, True, "conversion"),
    ]


def test_what_is_written_on_a_lead_after_its_conversion_moves_nobody(tmp_path: Path) -> None:
    """Five minutes long the lead still speaks; then the contact alone says where the person is."""
    pipeline = Pipeline(tmp_path)
    changes = [
        change("lead", 900, LEAD_ID, "lead>mql", "2026-03-05T10:00:00Z"),
        change("lead", 901, LEAD_ID, "mql>sal", "2026-03-10T12:00:00Z"),
        change("lead", 902, LEAD_ID, "sal>recycled", "2026-04-05T10:00:00Z"),
    ]
    moved = change("contact", 903, A, "sal>sql", "2026-04-01T10:00:00Z")
    pipeline.load(
        "salesforce",
        write(
            tmp_path / "1",
            lead=f"{LEAD} {lead(A, '2026-03-10', 'recycled')}",
            contact=f"{CONTACT} {contact(A, 'l@own.example', '2026-03-10', 'sql')}",
            lead_history=f"id,lead_id,{HISTORY} {' '.join(changes)}",
            contact_history=f"id,contact_id,{HISTORY} {moved}",
        ),
        "--as-of",
        "2026-06-30T18:00:00Z",
    )
    models = pipeline.run_models(MARTS)
    assert models.rows(
        "select to_stage from marts.fct_stage_transitions order by transitioned_at"
    ) == [("lead",), ("mql",), ("sal",), ("sql",)]
    assert models.rows(
        "select changed_at::date::varchar from intermediate.int_change_fates"
        " where fate = 'after_merge'"
    ) == [("2026-04-05",)]


def test_a_duplicate_lead_of_a_customer_opens_no_handoff(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    mql = change("lead", 900, LEAD_ID, "lead>mql", "2026-03-05T10:00:00Z")
    pipeline.load(
        "salesforce",
        write(
            tmp_path / "1",
            lead=f"{LEAD} {lead(A, '2026-03-10', 'mql')}",
            contact=f"{CONTACT} {contact(A, 'l@own.example', '2026-01-01', 'customer')}",
            lead_history=f"id,lead_id,{HISTORY} {mql}",
        ),
        "--as-of",
        "2026-06-30T18:00:00Z",
    )
    models = pipeline.run_models(MARTS)
    assert models.rows("select to_stage, movement from marts.fct_stage_transitions") == [
        ("customer", "created")
    ]
    assert models.rows("select * from marts.fct_handoffs") == []
    assert models.rows(
        "select fate from intermediate.int_change_fates where record_id like '%:lead:%' order by 1"
    ) == [("below_person",), ("late_birth",)]


PROPERTIES = "property_email,property_createdate,property_lastmodifieddate,property_lifecyclestage"
LISTS = {
    "with moments": ("property_hs_calculated_merged_vids", "902:1775000000000;903:1776000000000"),
    "newer list": ("property_hs_merged_object_ids", "902;903"),
    "as JSON": ("property_hs_merged_object_ids", '"[""902"",""903""]"'),
    "with commas": ("property_hs_calculated_merged_vids", '"902,903"'),
    "of an older API": ("property_merged_vids", "902;903"),
}


@pytest.mark.parametrize("shape", LISTS)
def test_every_list_of_merged_ids_of_hubspot_is_read(tmp_path: Path, shape: str) -> None:
    column, listed = LISTS[shape]
    at = "2026-01-05T10:00:00Z"
    rows = [
        f"901,a@own.example,{at},{at},lead,{listed}",
        f"902,b@own.example,{at},{at},lead,",
        f"903,c@own.example,{at},{at},lead,",
    ]
    pipeline = Pipeline(tmp_path)
    pipeline.load(
        "hubspot",
        write(tmp_path / "1", contact=f"id,{PROPERTIES},{column} {' '.join(rows)}"),
        "--as-of",
        "2026-06-30T18:00:00Z",
    )
    found = told(
        pipeline,
        "select link_kind, linked_at::varchar from marts.bridge_person_records"
        " where person_id = (select person_id from marts.bridge_person_records"
        " where record_id = 'hubspot:contact:901') order by record_id",
    )
    moments: list[str | None] = [None, None]
    if ":" in listed:
        moments = ["2026-03-31 23:33:20", "2026-04-12 13:20:00"]
    assert found == [("same_record", None), *(("merge", moment) for moment in moments)]


def test_an_address_of_what_was_merged_away_is_the_survivors(tmp_path: Path) -> None:
    """So are the further ones that HubSpot lists; a contact that has one is one with it."""
    at = "2026-01-05T10:00:00Z"
    columns = f"id,{PROPERTIES},property_hs_merged_object_ids,property_hs_additional_emails"
    rows = [
        f"901,a@own.example,{at},{at},lead,902,",
        f"902,b@own.example,{at},{at},lead,,",
        f"903,c@own.example,{at},{at},lead,,d@own.example;D2@own.example",
    ]
    pipeline = Pipeline(tmp_path)
    pipeline.load(
        "hubspot",
        write(tmp_path / "1", contact=f"{columns} {' '.join(rows)}"),
        "--as-of",
        "2026-06-30T18:00:00Z",
    )
    contacts = [
        contact(A, "b@own.example", "2026-02-20", "mql"),
        contact(B, "d2@own.example", "2026-02-20", "mql"),
    ]
    pipeline.load(
        "salesforce",
        write(tmp_path / "2", contact=f"{CONTACT} {' '.join(contacts)}"),
        "--as-of",
        "2026-06-30T18:00:00Z",
    )
    assert told(
        pipeline,
        "select string_agg(link_kind, ' ' order by record_id), min(record_id)"
        " from marts.bridge_person_records group by person_id order by 2",
    ) == [
        ("same_record merge email", "hubspot:contact:901"),
        ("same_record email", "hubspot:contact:903"),
    ]
