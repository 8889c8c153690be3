"""The history of one property as people export it from HubSpot, whatever the file is called."""

import io
import zipfile

import pytest

from tests.load.desk import Desk

CHANGES = (
    "select contact_id, name, value, cast(timestamp as varchar), source, updated_by_user_id "
    "from raw_hubspot_all.contact_property_history order by timestamp"
)
EXPECTED = [
    ("101", "lifecyclestage", "lead", "2024-01-02 09:30:00"),
    ("101", "lifecyclestage", "marketingqualifiedlead", "2024-02-02 09:30:00"),
]
ROWS = [("Lead", "2024-01-02 09:30"), ("Marketing Qualified Lead", "2024-02-02 09:30")]


def text(header: str, row: str) -> str:
    lines = (row.format(value=value, time=time) for value, time in ROWS)
    return "\n".join([header, *lines]) + "\n"


HISTORIES = {
    "Export 2025-10-13.csv": text(
        "Contact ID,Property,Value,Timestamp,Source", "101,Lifecycle Stage,{value},{time},CRM UI"
    ),
    "contacts-2025.csv": text(
        "Record ID,Property name,Property value,Changed at,Source type,Updated by",
        "101,Lifecycle Stage,{value},{time},CRM UI,Ann Lee",
    ),
    "lifecycle-stage-history.csv": text(
        "Record ID,First Name,Lifecycle Stage,Timestamp,Source,Source Details",
        "101,Ann,{value},{time},CRM UI,userId:7",
    ),
    "hubspot-property-history-lifecycle-stage-2025-10-13.csv": text(
        "Record ID,Email,Value,Change date,Source", "101,a@x.com,{value},{time},CRM UI"
    ),
    "all of it.csv": text(
        "Object ID,Contact name,Email,Property Internal Name,New Value,Date changed,Change Source",
        "101,Ann Lee,a@x.com,lifecyclestage,{value},{time},CRM UI",
    ),
    "a contact's stages.csv": text(
        "Value,Timestamp,Name,Record ID,Property Name", "{value},{time},Ann,101,lifecyclestage"
    ),
    "contact.csv": text("Record ID,Lifecycle Stage,Timestamp", "101,{value},{time}"),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_is_known_by_its_columns(desk: Desk, name: str) -> None:
    desk.put(name, HISTORIES[name])
    outcome = desk.load("hubspot")
    assert outcome.code == 0, outcome
    assert "contact_property_history" in outcome.out
    assert [row[:4] for row in desk.rows(CHANGES)] == EXPECTED


def test_histories_of_several_objects_lie_in_folders_of_one_archive(desk: Desk) -> None:
    archive = io.BytesIO()
    deal = text("Record ID,Deal Stage,Timestamp,Source", "9,{value},{time},CRM UI")
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("my export/contacts/history lifecycle stage.csv", HISTORIES["contact.csv"])
        packed.writestr("my export/deals/1.csv", deal.replace("Lead", "Closed Won", 1))
        packed.writestr("my export/companies/1.csv", HISTORIES["contact.csv"])
        packed.writestr("__MACOSX/my export/contacts/._1.csv", b"\x00\x05\x16")
        packed.writestr("my export/.DS_Store", b"\x00\x00\x00\x01Bud1")
        packed.writestr("my export/Thumbs.db", b"\xd0\xcf")
    desk.put("all.zip", archive.getvalue())
    outcome = desk.load("hubspot")
    assert outcome.code == 0, outcome
    assert [row[:4] for row in desk.rows(CHANGES)] == EXPECTED
    assert desk.value("select count(*) from raw_hubspot_all.company_property_history") == 2
    entered = "select value from raw_hubspot_all.deal_stage order by date_entered"
    assert desk.rows(entered)[0] == ("closedwon",)
    assert "not loaded" not in outcome.out


@pytest.mark.parametrize(
    ("name", "header", "said"),
    [
        ("contacts.csv", "Record ID,Property,Value,Source", "column Timestamp is missing"),
        ("contacts.csv", "Email,Property,Value,Timestamp", "column Record ID is missing"),
        ("contacts.csv", "Record ID,Property,Timestamp,Source", "column Value is missing"),
        ("contacts-1.csv", "Record ID,Value,Timestamp", "which property it is stands nowhere"),
        ("1.csv", "Record ID,Value,Timestamp,Property", "of contacts, companies or deals?"),
        ("x.csv", "Email,First Name,Lifecycle Stage", "column Record ID is missing"),
    ],
)
def test_what_is_missing_is_named_with_its_remedy(
    desk: Desk, name: str, header: str, said: str
) -> None:
    desk.put(name, header + "\n" + ",".join("1" for _ in header.split(",")) + "\n")
    outcome = desk.load("hubspot")
    assert outcome.code == 2
    assert said in outcome.err
    assert name in outcome.err
    assert "contact_merge_audit" not in outcome.err
    assert "HubSpot" in outcome.err or "the file" in outcome.err


def test_a_folder_of_which_nothing_is_known_says_what_lies_there(desk: Desk) -> None:
    desk.put("budget.csv", "month,euro\n1,2\n")
    outcome = desk.load("hubspot")
    assert outcome.code == 2
    assert "budget.csv" in outcome.err
    assert "docs/hubspot.md" in outcome.err
    assert "engagement_call" not in outcome.err


def test_files_of_a_connector_are_not_taken_for_exports(desk: Desk) -> None:
    desk.put(
        "contact_property_history.csv",
        "contact_id,name,value,timestamp,source,source_id\n"
        "101,lifecyclestage,lead,2024-01-02 09:30:00,CRM_UI,userId:7\n",
    )
    desk.put("users.csv", "id,email,first_name,last_name,primary_team_id\n7,a@x.com,Ann,Lee,1\n")
    outcome = desk.load("hubspot")
    assert "HubSpot's export" not in outcome.out
    assert desk.value("select count(*) from raw_hubspot.contact_property_history") == 1
    assert desk.value("select count(*) from raw_hubspot.users") == 1
