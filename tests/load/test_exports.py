"""What people export by hand from HubSpot and Salesforce, as CSV, workbook or archive."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.load.desk import Desk

CONTACTS = [
    ["Record ID", "First Name", "Email", "Lifecycle Stage", "Lead Status", "Contact owner",
     "Create Date", "Became a Marketing Qualified Lead Date", "Last Modified Date",
     "Associated Company IDs"],
    ["101", "Ann, A.", "ann@x.com", "Marketing Qualified Lead", "Attempted to Contact", "J. Doe",
     "2024-01-02 09:30", "2024-02-01 10:00", "2024-03-01 10:00", "77;78"],
    ["102", "Bo", "bo@x.com", "Our own stage", "", "", "2024-01-02 09:30", "", "2024-03-01 10:00",
     ""],
]  # fmt: skip
CONTACT = (
    "select id, property_firstname, property_lifecyclestage, property_hs_lead_status, "
    "property_associatedcompanyid, cast(property_createdate as varchar) "
    "from raw_hubspot_all.contact order by id"
)
EXPECTED = [
    ("101", "Ann, A.", "marketingqualifiedlead", "ATTEMPTED_TO_CONTACT", "77",
     "2024-01-02 09:30:00"),
    ("102", "Bo", "Our own stage", None, None, "2024-01-02 09:30:00"),
]  # fmt: skip
NAME = "hubspot-crm-exports-all-contacts-2025-10-13"


def csv_text() -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in CONTACTS) + "\n"


def workbook(path: Path) -> None:
    """The export as HubSpot's .xlsx: numbers and dates are such, and not text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(CONTACTS[0])
    for row in CONTACTS[1:]:
        cells: list[object] = [int(row[0]), *row[1:]]
        for place in (6, 7, 8):
            cells[place] = dt.datetime.fromisoformat(row[place]) if row[place] else None
        sheet.append(cells)
    path.parent.mkdir(exist_ok=True)
    book.save(path)


@pytest.mark.parametrize("form", ["csv", "xlsx", "zip of csv", "zip of xlsx"])
def test_a_hubspot_export_lands_from_every_kind_of_file(desk: Desk, form: str) -> None:
    whole = desk.home / "made.xlsx"
    workbook(whole)
    content = csv_text().encode() if form.endswith("csv") else whole.read_bytes()
    if form.startswith("zip"):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr(f"../../inner/{NAME}.{form[7:]}", content)
        content = archive.getvalue()
    ending = "zip" if form.startswith("zip") else form
    desk.put(f"export.{ending}" if ending == "zip" else f"{NAME}.{ending}", content)
    outcome = desk.load("hubspot")
    assert outcome.code == 0, outcome
    assert "HubSpot's export of contacts → contact" in outcome.out
    assert desk.rows(CONTACT) == EXPECTED
    assert desk.rejects() == []
    became = "select value from raw_hubspot_all.contact_fields where field like 'became_a_mark%'"
    assert desk.value(became).startswith("2024-02-01 10:00")
    assert {path.name for path in desk.home.iterdir()} <= {
        *("files", ".locks", "warehouse.duckdb", "made.xlsx")
    }


def test_a_reject_names_the_archive_the_file_and_the_row(desk: Desk) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("in/contacts.csv", csv_text().replace("2024-01-02 09:30", "1/2/2024", 1))
    desk.put("export.zip", archive.getvalue())
    desk.load("hubspot")
    ((file, line, column, _, _),) = desk.rejects()
    assert (file, line, column) == ("export.zip/in/contacts.csv", 2, "Create Date")


def test_what_is_no_archive_or_workbook_is_refused_by_name(desk: Desk) -> None:
    desk.put("deal.csv", "deal_id\n1\n")
    for name in ("broken.zip", "broken.xlsx"):
        path = desk.put(name, b"PK\x03\x04 nothing")
        outcome = desk.load("hubspot")
        assert outcome.code == 2, name
        assert name in outcome.err
        path.unlink()


def test_one_propertys_history_lands_as_changes(desk: Desk) -> None:
    """Pitfall 46: the file holds the newest values only; what it holds is all we say."""
    desk.put(
        "contacts_property_history_1.csv",
        "Contact ID,Property,Value,Timestamp,Source\n"
        "101,Lifecycle Stage,Lead,2024-01-02 09:30,CRM UI\n"
        "101,Lifecycle Stage,Marketing Qualified Lead,2024-02-02 09:30,Workflows\n",
    )
    desk.put(
        "contacts_property_history_2.csv",
        "Record ID,Property name,Value,Change Date,Source\n"
        "101,Lead Status,,2024-01-03 09:30,CRM UI\n",
    )
    assert desk.load("hubspot").code == 0
    changes = desk.rows(
        "select contact_id, name, value, source from raw_hubspot_all.contact_property_history "
        "order by timestamp"
    )
    assert changes == [
        ("101", "lifecyclestage", "lead", "CRM_UI"),
        ("101", "hs_lead_status", None, "CRM_UI"),
        ("101", "lifecyclestage", "marketingqualifiedlead", "WORKFLOWS"),
    ]


def test_a_history_export_that_could_be_any_objects_asks_for_a_name(desk: Desk) -> None:
    desk.put(
        "history.csv", "Record ID,Property,Value,Timestamp\n1,Lifecycle Stage,Lead,2024-01-02\n"
    )
    outcome = desk.load("hubspot")
    assert outcome.code == 2
    assert "history.csv" in outcome.err
    assert "of contacts, companies or deals? Say it in the file's name" in outcome.err


@pytest.mark.parametrize("header", ["Id,InstanceName", "id,instance_name"])
def test_the_address_of_an_organisation_lands_from_two_columns(desk: Desk, header: str) -> None:
    desk.put("organization.csv", f"{header}\n00D5g0000000001,acme.my.salesforce.com\n")
    assert desk.load("salesforce", "--as-of", "2026-06-30").code == 0
    named = desk.rows("select instance_name from raw_salesforce_all.organization")
    assert named == [("acme.my.salesforce.com",)]


def test_ids_of_15_and_18_characters_are_one_record(desk: Desk) -> None:
    desk.put(
        "Lead.csv",
        "Id,Status,SystemModstamp\n00Q5e000001AbCd,Open,2024-01-03T09:30:00.000Z\n",
    )
    desk.put(
        "open leads.csv",
        "Lead ID,Lead Status,Lead Owner,Last Modified\n"
        "00Q5e000001AbCdEAK,Working,Jane,2024-01-05\n",
    )
    outcome = desk.load("salesforce")
    assert "a Salesforce export of lead_report → lead" in outcome.out
    leads = "select id, status, owner_id from raw_salesforce_all.lead"
    assert desk.rows(leads) == [("00Q5e000001AbCdEAK", "Working", "Jane")]
    assert desk.rows("select status from raw_salesforce_all_history.lead") == [("Open",)]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("001000000000001", "001000000000001AAA"),
        ("00Q5e000001AbCd", "00Q5e000001AbCdEAK"),
        ("ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMNO555"),
        ("003A0000012dRYR", "003A0000012dRYRIA2"),
    ],
)
def test_an_ids_last_three_characters_say_which_are_capitals(
    desk: Desk, short: str, long: str
) -> None:
    for given in (short, long):
        assert desk.value(f"select raw_meta.salesforce_id(' {given} ')") == long


def test_reports_of_field_history_land_as_changes(desk: Desk) -> None:
    desk.put(
        "Lead History.csv",
        "Lead ID,Field / Event,Old Value,New Value,Edit Date,Edited By\n"
        "00Q5e000001AbCd,Lead Status,Open,Working,2024-01-05 10:00,Jane\n",
    )
    desk.load("salesforce")
    changes = desk.rows(
        "select lead_id, field, old_value, new_value from raw_salesforce_all.lead_history"
    )
    assert changes == [("00Q5e000001AbCdEAK", "Status", "Open", "Working")]


def test_a_column_that_a_mapping_reads_by_sql_is_the_crms_field_and_no_other(desk: Desk) -> None:
    """Else it is asked for as a field of its own, and what changes in it is not seen to change."""
    desk.put("contacts.csv", csv_text())
    assert desk.load("hubspot").code == 0
    noted = dict(
        desk.rows(
            "select column_name, field from raw_meta.landed_columns where table_name = 'contact'"
        )
    )
    assert noted["Lifecycle Stage"] == "lifecyclestage"
    assert noted["Lead Status"] == "hs_lead_status"
    assert noted["Contact owner"] == "hubspot_owner_id"
    assert noted["Associated Company IDs"] == "associatedcompanyid"
    fields = {field for (field,) in desk.rows("select field from raw_hubspot_all.contact_fields")}
    assert {"lifecyclestage", "hs_lead_status", "hubspot_owner_id"} <= fields
    assert not {"lifecycle_stage", "lead_status", "contact_owner"} & fields


LABELS = {
    "Original Traffic Source": ("property_hs_analytics_source", "Organic Search", "ORGANIC_SEARCH"),
    "Original Source": ("property_hs_analytics_source", "Organic Search", "ORGANIC_SEARCH"),
    "Original Traffic Source Drill-Down 1": ("property_hs_analytics_source_data_1", "x", "x"),
    "Owner": ("property_hubspot_owner_id", "Ann Lee", "Ann Lee"),
    "Contact owner": ("property_hubspot_owner_id", "a.lee@x.com", "a.lee@x.com"),
    "Created Date": ("cast(property_createdate as varchar)", "2024-01-02", "2024-01-02 00:00:00"),
    "Associated Company IDs (Primary)": ("property_associatedcompanyid", "7", "7"),
}


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("id_label", ["Record ID", "Record ID - Contact", "Contact ID"])
def test_labels_of_any_year_are_read(desk: Desk, label: str, id_label: str) -> None:
    column, given, meant = LABELS[label]
    desk.put("my people.csv", f"{id_label},Email,Company Name,{label}\n1,a@x.com,X,{given}\n")
    assert desk.load("hubspot").code == 0
    assert desk.rows(f"select id, {column} from raw_hubspot_all.contact") == [("1", meant)]


@pytest.mark.parametrize(
    "header", ["Became a Marketing Qualified Lead Date", "Date entered 'Lead (Lifecycle Pipeline)'"]
)
def test_a_stage_date_is_a_moment_and_what_is_none_is_rejected(desk: Desk, header: str) -> None:
    desk.put(
        "contacts.csv",
        f'Record ID,Email,"{header}"\n1,a@x.com,2024-02-01 10:00\n2,b@x.com,last spring\n',
    )
    assert desk.load("hubspot", "--max-rejects", "100").code == 0
    fields = "select value from raw_hubspot_all.contact_fields where field like '%date%'"
    assert desk.rows(fields) == [("2024-02-01 10:00:00",)]
    assert [(line, column) for _, line, column, _, _ in desk.rejects()] == [(3, header)]
