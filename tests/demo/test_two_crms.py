"""The made-up CRMs beside each other: their raw shape, and all that a bad sync does to them."""

import string
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from scripts import generate
from scripts.demo import company

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two thousand contacts with plants."""
    folder = tmp_path_factory.mktemp("demo")
    assert generate.main([str(folder), "--breaches", "0.06"]) == 0
    return folder


def rows(demo: Path, query: str) -> list[Any]:
    """The rows of a query in which `{hubspot/contact}` stands for a file."""
    tables = {
        f"{path.parent.name}/{path.stem}": f"read_csv('{path}', all_varchar = true)"
        for path in demo.glob("*/*.csv")
    }
    for name, table in tables.items():
        query = query.replace("{" + name + "}", table)
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


def count(demo: Path, query: str) -> int:
    """The one number that a query gives."""
    return int(rows(demo, query)[0][0])


@pytest.mark.parametrize("crm", company.CRMS)
def test_raw_tables_keep_the_contract(demo: Path, crm: str) -> None:
    contract = PROJECT / "models" / "staging" / crm / f"_{crm}__sources.yml"
    declared = {
        table["name"]: table
        for table in yaml.load(contract.read_text(), yaml.CSafeLoader)["sources"][0]["tables"]
    }
    files = sorted((demo / crm).glob("*.csv"))
    assert len(files) > 10
    for path in files:
        table = declared[path.stem]
        header = set(path.read_text().split("\n", 1)[0].split(","))
        known = {column["name"] for column in table["columns"]}
        # A field of the company's own, or of the sync, need not be declared.
        own = {name for name in header if name.endswith("_c") or "salesforce" in name}
        assert header <= known | own, path.stem
        keys = ", ".join(f'"{key}"' for key in table["config"]["meta"]["keys"])
        table_name = "{" + f"{crm}/{path.stem}" + "}"
        twice = f"select {keys} from {table_name} group by all having count(*) > 1"
        assert rows(demo, twice) == [], path.stem


def checked(short_id: str) -> str:
    """A Salesforce id of fifteen characters, with the three that tell its capitals."""
    letters = string.ascii_uppercase + "012345"
    for start in (0, 5, 10):
        bits = (short_id[start + place] in string.ascii_uppercase for place in range(5))
        short_id += letters[sum(is_upper << place for place, is_upper in enumerate(bits))]
    return short_id


def test_salesforce_ids_are_as_salesforce_makes_them(demo: Path) -> None:
    leads = rows(demo, "select id, converted_contact_id from {salesforce/lead}")
    assert all(checked(lead[:15]) == lead for lead, _ in leads)
    assert {len(contact) for _, contact in leads if contact} == {15, 18}
    linked = rows(demo, "select property_salesforceleadid from {hubspot/contact}")
    assert {len(lead) for (lead,) in linked if lead} == {15, 18}


def test_some_people_are_in_one_crm_only(demo: Path) -> None:
    sides = """
        select bool_or(record_id like 'hubspot%'), bool_or(record_id like 'salesforce%')
        from {truth/records} group by person_id
    """
    found = rows(demo, sides)
    for side in ((True, True), (True, False), (False, True)):
        assert found.count(side) > 20, side


def test_salesforce_history_has_no_first_value(demo: Path) -> None:
    first = """
        select count(*) from {salesforce/lead_history} as changes
        inner join {salesforce/lead} as leads on changes.lead_id = leads.id
        where changes.field = 'Lifecycle_Stage__c'
            and (changes.old_value is null or changes.created_date <= leads.created_date)
    """
    assert count(demo, first) == 0


def test_a_day_is_all_that_a_conversion_says(demo: Path) -> None:
    days = "select count(*), count(*) filter (where converted_date not like '%T00:00:00.000Z')"
    conversions, with_time = rows(demo, days + " from {salesforce/lead} where converted_date > ''")[
        0
    ]
    assert (conversions > 100, with_time) == (True, 0)


def test_the_sync_writes_nothing_in_the_week_of_the_outage(demo: Path) -> None:
    query = """
        select count(*) filter (where outage), count(*)
        from (
            select timestamp::timestamp between timestamp '2026-03-27 18:00:00'
                and timestamp '2026-04-03 18:00:00' as outage
            from {hubspot/contact_property_history} where source = 'SALESFORCE'
            union all
            select created_date::timestamp between timestamp '2026-03-27 18:00:00'
                and timestamp '2026-04-03 18:00:00'
            from {salesforce/lead_history}
            where created_by_id in
                (select id from {salesforce/user} where name = 'HubSpot Integration')
        )
    """
    during, ever = rows(demo, query)[0]
    assert (during, ever > 1000) == (0, True)


CASES = {
    "a contract that only its quote leads to": """
        select count(*) from {salesforce/quote} where contract_id > ''""",
    "a contract that only its order leads to": """
        select count(*) from {salesforce/order} where contract_id > ''""",
    "a response that has no day": """
        select count(*) from {salesforce/campaign_member}
        where has_responded = 'true' and first_responded_date is null""",
    "restored in HubSpot": "select count(*) from {hubspot_before/contact}",
    "leads restored in Salesforce": "select count(*) from {salesforce_before/lead}",
    "contacts restored in Salesforce": "select count(*) from {salesforce_before/contact}",
    "in another team since": """
        select count(*) from {hubspot_before/users} as before
        inner join {hubspot/users} as after using (id)
        where before.primary_team_id <> after.primary_team_id""",
    "an account whose owner no history tells": """
        select count(*) from {salesforce_before/account} as before
        inner join {salesforce/account} as after using (id)
        where before.owner_id <> after.owner_id""",
    "no ids, so that only the address links": """
        select count(*) from {truth/records} where link_kind = 'email'""",
    "one contact out of two leads": """
        select count(*) from (select left(converted_contact_id, 15) from {salesforce/lead}
        where converted_contact_id > '' group by 1 having count(*) > 1)""",
    "merged in Salesforce": "select count(master_record_id) from {salesforce/lead}",
    "contacts merged in Salesforce": "select count(master_record_id) from {salesforce/contact}",
    "deleted in Salesforce": """
        select count(*) from {salesforce/lead}
        where is_deleted = 'true' and master_record_id is null""",
    "deleted in HubSpot": """
        select count(*) from {hubspot/contact} as contacts
        inner join {truth/records} as records
            on records.record_id = 'hubspot:contact:' || contacts.id
        where _fivetran_deleted = 'true' and link_kind = 'same_record'""",
    "merged in HubSpot into a contact that was there": """
        select count(*) from {hubspot/contact_merge_audit}""",
    "merged in HubSpot in a chain": """
        select count(*) from {hubspot/contact} as last
        inner join {hubspot/contact} as middle
            on split_part(last.property_hs_merged_object_ids, ';', 1) = middle.id
        where middle.property_hs_merged_object_ids > ''""",
    "two contacts of one address": """
        select count(*) from {truth/ambiguous_records} where reason = 'several_in_one_source'""",
    "a shared mailbox": """
        select count(*) from {truth/ambiguous_records} where reason = 'shared_address'""",
    "a stale value after a rejection": """
        select count(*) from {hubspot/contact_property_history}
        where source = 'SALESFORCE' and value = 'marketingqualifiedlead'""",
    "a stage that nobody mapped, for a while": """
        select count(*) from {hubspot/contact_property_history} where value = 'Under review'""",
    "an import of a list": """
        select count(*) from {hubspot/contact_property_history} where source = 'IMPORT'""",
    "a snapshot of a deal that did not move": """
        select count(*) from (select opportunity_id from {salesforce/opportunity_history}
        group by opportunity_id, stage_name having count(*) > 1)""",
    "a deal in both": """
        select count(property_hs_salesforceopportunityid) from {hubspot/deal}""",
    "an owner told twice": """
        select count(*) from {salesforce/lead_history}
        where field = 'Owner' and data_type = 'Text'""",
}


@pytest.mark.parametrize("case", CASES)
def test_the_sync_is_as_bad_as_they_come(demo: Path, case: str) -> None:
    assert count(demo, CASES[case]) > 0, case
