"""A file of one CRM in a load of another is told apart, whichever of the two it is."""

import pytest

from scripts.recognise import recognise

HUBSPOT_CONTACT = ["id", "property_email", "property_lifecyclestage", "property_createdate"]
HUBSPOT_DEAL = ["deal_id", "property_dealname", "property_amount", "property_closedate"]
SALESFORCE_LEAD = ["id", "company", "status", "is_converted", "lead_source"]
SALESFORCE_CONTACT = ["id", "account_id", "email", "lead_source", "is_deleted"]
BY_HAND = ["Id", "LastName", "Company", "Status", "IsConverted", "LeadSource"]
RECORDS = ["record_id", "record_type", "email", "lifecycle_stage", "created_at"]


@pytest.mark.parametrize(
    ("source", "stem", "header", "said"),
    [
        ("salesforce", "contact", HUBSPOT_CONTACT, "hubspot's contact"),
        ("salesforce", "deal", HUBSPOT_DEAL, "hubspot's deal"),
        ("hubspot", "contact", SALESFORCE_CONTACT, "salesforce's contact"),
        ("hubspot", "lead", SALESFORCE_LEAD, "salesforce's lead"),
        ("hubspot", "lead", BY_HAND, "salesforce's lead"),
        ("open", "lead", SALESFORCE_LEAD, "salesforce's lead"),
        ("hubspot", "records", RECORDS, "the open format's records"),
    ],
)
def test_a_table_of_another_source_is_named(
    source: str, stem: str, header: list[str], said: str
) -> None:
    found = recognise(source, f"{stem}.csv", stem, header)
    assert found == f"its columns are those of {said}"


@pytest.mark.parametrize("header", [["id", "name"], ["id", "status", "hat", "shoe"], []])
def test_a_name_alone_does_not_make_it_another_crm_s(header: list[str]) -> None:
    assert recognise("hubspot", "lead.csv", "lead", header) == "no table of this name"


def test_an_own_table_stays_one_s_own() -> None:
    for source, stem, header in (
        ("hubspot", "contact", HUBSPOT_CONTACT),
        ("salesforce", "lead", SALESFORCE_LEAD),
        ("open", "records", RECORDS),
    ):
        found = recognise(source, f"{stem}.csv", stem, header)
        assert not isinstance(found, str)
        assert found[0].name == stem
