"""The first load decides the zone of a source's files, and whose ids the warehouse holds."""

import pytest

from scripts.load import main
from tests.load.desk import Desk

RECORDS = "record_id,record_type,created_at\n1,contact,2026-01-02 10:00:00\n"
CREATED = "select cast(created_at as varchar) from raw_open.records"
ORGANISATION = "Id,Name,InstanceName,IsSandbox\n{},Acme,NA139,false\n"
A15, A18, B18 = "00D5g000004a1Bc", "00D5g000004a1BcEAI", "00D5g000004a2ZzEAI"


def settings(desk: Desk) -> dict[str, str]:
    return dict(desk.rows("select key, value from raw_meta.settings order by key"))


def test_files_are_read_in_the_zone_of_the_first_load(desk: Desk) -> None:
    """Who forgets the option later gets the same moments, and not every change twice."""
    desk.put("records.csv", RECORDS)
    assert desk.load("open", "--timezone", "Asia/Tokyo").code == 0
    assert settings(desk) == {"files_time_zone.open": "Asia/Tokyo"}
    desk.put("records.csv", RECORDS.replace("1,contact", "2,contact"))
    assert desk.load().code == 0
    assert desk.rows(CREATED) == [("2026-01-02 01:00:00",)] * 2


def test_the_same_files_in_another_zone_are_refused(desk: Desk) -> None:
    desk.put("records.csv", RECORDS)
    assert desk.load().code == 0
    before = desk.contents()
    refused = desk.load("open", "--timezone", "Europe/Berlin")
    assert refused.code == 2
    assert "the files of open are read in UTC" in refused.err
    assert "--timezone Europe/Berlin" in refused.err
    assert desk.contents() == before


def test_each_source_has_a_zone_of_its_own(desk: Desk) -> None:
    desk.put("records.csv", RECORDS)
    assert desk.load("open", "--timezone", "Asia/Tokyo").code == 0
    assert desk.load("open", "--name", "zoho").code == 0
    assert settings(desk) == {
        "files_time_zone.open": "Asia/Tokyo",
        "files_time_zone.zoho": "UTC",
    }


def test_a_warehouse_that_is_older_than_its_settings_asks_once(desk: Desk) -> None:
    desk.put("records.csv", RECORDS)
    assert desk.load("open", "--timezone", "Asia/Tokyo").code == 0
    desk.execute("drop table raw_meta.settings")
    refused = desk.load()
    assert refused.code == 2
    assert "say once in which its files are read" in refused.err
    assert "python -m scripts.settings files_time_zone.open=UTC" in refused.err
    again = desk.load("open", "--timezone", "Asia/Tokyo")
    assert (again.code, "already loaded" in again.out) == (0, True)
    assert settings(desk) == {"files_time_zone.open": "Asia/Tokyo"}


@pytest.mark.parametrize(
    ("table", "header", "row"),
    [
        ("deal.csv", "deal_id,portal_id", "7,{}"),
        ("owner.csv", "owner_id,portal_id", "7,{}"),
        ("engagement.csv", "id,type,portal_id", "7,CALL,{}"),
        ("form.csv", "guid,name,portal_id", "7,Demo,{}"),
        ("contact.csv", "id,property_portal_id", "7,{}"),
    ],
)
def test_another_portal_is_refused_with_both_numbers(
    desk: Desk, table: str, header: str, row: str
) -> None:
    desk.put("owner.csv", "owner_id,portal_id\n1,55\n", folder="first")
    assert desk.load("hubspot", folder="first").code == 0
    assert settings(desk)["portal"] == "55"
    before = desk.contents()
    desk.put(table, f"{header}\n{row.format(66)}\n", folder="second")
    refused = desk.load("hubspot", folder="second")
    assert refused.code == 2
    assert "55" in refused.err and "66" in refused.err
    assert desk.contents() == before
    # The same portal is welcome, in whatever way a number comes.
    desk.put(table, f"{header}\n{row.format(55)}\n", folder="second")
    assert desk.load("hubspot", folder="second").code == 0


def test_two_portals_in_one_folder_are_refused(desk: Desk) -> None:
    desk.put("owner.csv", "owner_id,portal_id\n1,55\n")
    desk.put("deal.csv", "deal_id,portal_id\n1,66\n")
    refused = desk.load("hubspot")
    assert refused.code == 2
    assert "55" in refused.err and "66" in refused.err
    assert desk.value("select count(*) from raw_meta.loads") == 0


def test_a_form_of_a_sister_portal_is_named_and_refuses_nothing(desk: Desk) -> None:
    """What people did elsewhere is told; whose people they are, deals and owners say."""
    desk.put("deal.csv", "deal_id,portal_id\n1,55\n")
    desk.put("form.csv", "guid,name,portal_id\n7,Demo,66\n")
    landed = desk.load("hubspot")
    assert landed.code == 0
    assert "form: holds rows of portal 66 beside those of 55" in landed.out
    assert settings(desk)["portal"] == "55"


def test_rows_that_landed_before_there_were_settings_count(desk: Desk) -> None:
    desk.put("owner.csv", "owner_id,portal_id\n1,55\n", folder="first")
    assert desk.load("hubspot", "--timezone", "UTC", folder="first").code == 0
    desk.execute("drop table raw_meta.settings")
    desk.put("deal.csv", "deal_id,portal_id\n1,66\n", folder="second")
    refused = desk.load("hubspot", "--timezone", "UTC", folder="second")
    assert refused.code == 2
    assert "55" in refused.err and "66" in refused.err


def test_another_organisation_is_refused_and_ids_of_15_and_18_characters_are_one(
    desk: Desk,
) -> None:
    desk.put("Organization.csv", ORGANISATION.format(A18))
    assert desk.load("salesforce").code == 0
    assert settings(desk)["organisation"] == A18
    desk.put("Organization.csv", ORGANISATION.format(A15))
    assert desk.load("salesforce").code == 0
    before = desk.contents()
    desk.put("Organization.csv", ORGANISATION.format(B18))
    refused = desk.load("salesforce")
    assert refused.code == 2
    assert A18 in refused.err and B18 in refused.err
    assert desk.contents() == before


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "_airbyte_raw_id,_airbyte_extracted_at,id,properties_dealstage,properties_dealname,{}",
            "r1,2026-03-01T00:00:00Z,7,won,Big,66",
        ),
        (
            "id,dealstage,dealname,_dlt_load_id,_dlt_id,{}",
            "7,won,Big,1709251200.5,x,66",
        ),
    ],
)
@pytest.mark.parametrize("column", ["portal_id", "portalId"])
def test_a_connectors_rows_of_another_portal_are_refused(
    desk: Desk, header: str, row: str, column: str
) -> None:
    desk.put("owner.csv", "owner_id,portal_id\n1,55\n", folder="first")
    assert desk.load("hubspot", folder="first").code == 0
    desk.put("deals.csv", f"{header.format(column)}\n{row}\n", folder="second")
    refused = desk.load("hubspot", folder="second")
    assert refused.code == 2
    assert "portal 66" in refused.err and "portal 55" in refused.err


def test_a_schema_of_another_portal_is_refused(desk: Desk) -> None:
    desk.put("owner.csv", "owner_id,portal_id\n1,55\n")
    assert desk.load("hubspot").code == 0
    desk.execute("create schema crm")
    desk.execute(
        "create table crm.deal as select 7::bigint as deal_id, 66::bigint as portal_id,"
        " timestamptz '2024-03-01 00:00:00+00' as _fivetran_synced"
    )
    desk.capsys.readouterr()
    assert main(["hubspot", "--schema", "crm", "--warehouse", str(desk.warehouse)]) == 2
    said = desk.capsys.readouterr().err
    assert "portal 66" in said and "portal 55" in said
    assert desk.value("select count(*) from raw_meta.loads") == 1
