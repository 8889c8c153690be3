"""A key is as wide as the source's: rows that differ in their labels are several rows."""

import pytest

from tests.load.desk import Desk

LINKS = [
    ("deal_company", "deal_id", "company_id"),
    ("deal_contact", "deal_id", "contact_id"),
    ("engagement_company", "engagement_id", "company_id"),
    ("engagement_contact", "engagement_id", "contact_id"),
    ("engagement_deal", "engagement_id", "deal_id"),
]


def labels(desk: Desk, table: str) -> list[tuple[str, str, str]]:
    return desk.rows(f"select 2 = 2, category, type_id from raw_hubspot_all.{table} order by all")


@pytest.mark.parametrize(("table", "left", "right"), LINKS)
def test_each_label_of_an_association_is_a_row(
    desk: Desk, table: str, left: str, right: str
) -> None:
    header = f"{left},{right},type_id,category\n"
    rows = ["7,8,341,HUBSPOT_DEFINED", "7,8,5,HUBSPOT_DEFINED", "7,8,5,USER_DEFINED", "7,8,,"]
    desk.put(f"{table}.csv", header + "\n".join([*rows, rows[0]]) + "\n")
    assert "5 records = 4 landed + 1 duplicate" in desk.load("hubspot").out
    assert len(labels(desk, table)) == 4
    desk.put(f"{table}.csv", header + "\n".join(rows[1:]) + "\n", "complete")
    out = desk.load("hubspot", "--complete", folder="complete").out
    assert "3 unchanged" in out
    assert "1 absent, deleted" in out
    assert len(labels(desk, table)) == 3


@pytest.mark.parametrize(
    ("table", "keys"),
    [*((table, f"{left},{right}") for table, left, right in LINKS),
     ("owner_team", "owner_id,team_id"), ("team_user", "team_id,user_id")],
)  # fmt: skip
def test_a_link_that_is_flagged_is_seen_no_more(desk: Desk, table: str, keys: str) -> None:
    desk.put(f"{table}.csv", f"{keys},_fivetran_deleted\n7,8,false\n7,9,true\n7,10,\n")
    desk.load("hubspot")
    count = f"select count(*) from raw_hubspot_all.{table}"
    assert desk.value(count) == 2
    desk.put(f"{table}.csv", f"{keys},_fivetran_deleted\n7,8,true\n", "later")
    desk.load("hubspot", folder="later")
    assert desk.value(count) == 1
    desk.put(f"{table}.csv", f"{keys},_fivetran_deleted\n7,8,false\n", "again")
    desk.load("hubspot", "--as-of", "2030-01-01", folder="again")
    assert desk.value(count) == 2


def test_a_deletion_stamp_of_a_connector_is_a_deletion(desk: Desk) -> None:
    stamps = {"_airbyte_extracted_at": "_ab_cdc_deleted_at", "_sdc_batched_at": "_sdc_deleted_at"}
    for number, (mark, stamp) in enumerate(stamps.items()):
        folder = f"connector_{number}"
        header = f"id,last_name,is_converted,{mark},{stamp}\n"
        rows = "".join(
            f"00Q00000000000{number}A{letter},x,false,2026-01-02T00:00:00Z,{when}\n"
            for letter, when in (("A", ""), ("B", "2026-01-01T00:00:00Z"))
        )
        desk.put("lead.csv", header + rows, folder)
        assert desk.load("salesforce", folder=folder).code == 0
    found = desk.rows(
        "select is_deleted or _fivetran_deleted from raw_salesforce_all.lead order by id"
    )
    assert [bool(row[0]) for row in found] == [False, True, False, True]


def test_a_deletion_stamp_of_airbyte_is_one_in_hubspot(desk: Desk) -> None:
    desk.put(
        "contacts.csv",
        "id,properties_email,archived,_airbyte_extracted_at,_ab_cdc_deleted_at\n"
        "1,a@b.c,false,2026-01-02T00:00:00Z,\n"
        "2,a@b.c,false,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z\n",
    )
    desk.load("hubspot")
    found = desk.rows("select _fivetran_deleted from raw_hubspot_all.contact order by id")
    assert [bool(row[0]) for row in found] == [False, True]


def test_owners_that_dlt_archived_are_not_active_and_a_user_is_one(desk: Desk) -> None:
    desk.put(
        "owners.csv",
        "id,user_id,email,archived,_dlt_id,_dlt_load_id\n"
        "1,7,a@b.c,false,x,1767225600.5\n2,7,a@b.c,true,y,1767225600.5\n",
    )
    desk.load("hubspot")
    assert desk.rows("select owner_id, is_active from raw_hubspot_all.owner order by 1") == [
        ("1", True),
        ("2", False),
    ]
    assert desk.value("select count(*) from raw_hubspot_all.users") == 1


def test_a_list_that_names_an_id_twice_is_one_association(desk: Desk) -> None:
    desk.put(
        "deals.csv",
        "id,properties_dealstage,contacts,companies,_airbyte_extracted_at\n"
        '7,won,"[""1"",""2"",""1""]",3;3,2026-01-02T00:00:00Z\n',
    )
    desk.load("hubspot")
    assert desk.value("select count(*) from raw_hubspot_all.deal_contact") == 2
    assert desk.value("select count(*) from raw_hubspot_all.deal_company") == 1
