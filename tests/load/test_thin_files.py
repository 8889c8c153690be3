"""What a file does not have was not cleared: thin exports after whole syncs, in any order."""

from itertools import permutations

import pytest

from tests.load.desk import Desk

WHOLE = (
    "id,email,status,industry,system_modstamp,score__c,_fivetran_synced\n"
    "00Q5e000001AbCdEAK,a@x,Open,Steel,2024-02-01 10:00:00,7,2024-02-01\n"
    "00Q5e000001AbCeEAK,b@x,Open,Paper,2024-02-01 10:00:00,8,2024-02-01\n"
)
THIN = (
    "Id,Email,Status,IsDeleted,SystemModstamp\n"
    "00Q5e000001AbCd,a2@x,,false,2024-03-01T10:00:00.000Z\n"
)
LATER = (
    "id,email,status,industry,system_modstamp,score__c,_fivetran_synced\n"
    "00Q5e000001AbCdEAK,a2@x,,,2024-04-01 10:00:00,9,2024-04-01\n"
)
LEADS = "select email, status, industry from raw_salesforce_all.lead order by id"
FIELDS = (
    "select field, value from raw_salesforce_all.lead_fields "
    "where id = '00Q5e000001AbCdEAK' and field in ('status', 'industry', 'score_c') order by 1"
)


@pytest.mark.parametrize("folders", list(permutations(["whole", "thin"])))
def test_a_thin_newer_export_clears_only_what_it_has(desk: Desk, folders: tuple[str, str]) -> None:
    desk.put("lead.csv", WHOLE, "whole")
    desk.put("lead.csv", THIN, "thin")
    for folder in folders:
        assert desk.load("salesforce", folder=folder).code == 0
    assert desk.rows(LEADS) == [("a2@x", None, "Steel"), ("b@x", "Open", "Paper")]
    assert desk.rows(FIELDS) == [("industry", "Steel"), ("score_c", "7")]
    # What was superseded is as it was, and nothing is invented on the way.
    history = "select email, status, industry from raw_salesforce_all_history.lead"
    assert desk.rows(history) == [("a@x", "Open", "Steel")]
    assert desk.value("select industry from raw_salesforce_export.lead") is None


def test_a_clear_in_a_file_that_has_the_column_is_a_clear(desk: Desk) -> None:
    for name, content in (("whole", WHOLE), ("thin", THIN), ("later", LATER)):
        desk.put("lead.csv", content, name)
        assert desk.load("salesforce", folder=name).code == 0
    assert desk.rows(LEADS)[0] == ("a2@x", None, None)
    assert desk.rows(FIELDS) == [("score_c", "9")]


def test_an_extract_that_lacks_a_column_keeps_what_the_earlier_ones_said(desk: Desk) -> None:
    """One connector, without stamps: the later load is the newer one."""
    stage = "select property_email, property_lifecyclestage from raw_hubspot_all.contact"
    shoe = "select value from raw_hubspot_all.contact_fields where field = 'shoe'"
    for number, (content, expected, shoe_size) in enumerate(
        (
            (
                "id,property_email,property_lifecyclestage,property_shoe\n1,a@x,lead,38\n",
                "lead",
                38,
            ),
            ("id,property_email\n1,b@x\n", "lead", 38),
            ("id,property_email\n1,b@x\n2,c@x\n", "lead", 38),
            ("id,property_email,property_lifecyclestage\n1,b@x,\n", None, 38),
            ("id,property_email\n1,d@x\n", None, 38),
            ("id,property_email,property_shoe\n1,d@x,\n", None, None),
        )
    ):
        desk.put("contact.csv", content, f"f{number}")
        as_of = f"2024-01-{number + 1:02}"
        assert desk.load("hubspot", "--as-of", as_of, folder=f"f{number}").code == 0
        assert desk.rows(f"{stage} where id = '1'")[0][1] == expected, number
        found = desk.rows(f"{shoe} and id = '1'")
        assert found == ([(str(shoe_size),)] if shoe_size else []), number


def test_a_thin_file_that_says_the_same_makes_no_version(desk: Desk) -> None:
    desk.put("contact.csv", "id,property_email,property_lifecyclestage\n1,a@x,lead\n", "whole")
    desk.put("contact.csv", "id,property_email\n1,a@x\n", "thin")
    desk.load("hubspot", folder="whole")
    assert "1 records = 0 landed + 1 unchanged" in desk.load("hubspot", folder="thin").out
    assert desk.value("select property_lifecyclestage from raw_hubspot.contact") == "lead"


def test_two_files_of_one_load_fill_each_other(desk: Desk) -> None:
    stamp = "property_lastmodifieddate"
    desk.put(
        "contact_1.csv",
        f"id,property_email,property_lifecyclestage,{stamp}\n"
        "1,a@x,lead,2024-01-01\n2,b@x,lead,2024-05-01\n",
    )
    desk.put("contact_2.csv", f"id,property_email,{stamp}\n1,a2@x,2024-02-01\n2,b0@x,2024-04-01\n")
    desk.load("hubspot")
    current = "select property_email, property_lifecyclestage from {}.contact order by id"
    assert desk.rows(current.format("raw_hubspot_all")) == [("a2@x", "lead"), ("b@x", "lead")]
    # The older of the second key came before anything was said of its stage.
    versions = desk.rows(current.format("raw_hubspot_all_history"))
    assert versions == [("a@x", "lead"), ("b0@x", None)]


def test_open_sources_fill_only_their_own(desk: Desk) -> None:
    desk.put("records.csv", "record_id,record_type,lead_status,hat\n1,lead,new,L\n", "one")
    desk.put("records.csv", "record_id,record_type\n1,lead\n", "thin")
    desk.load("open", "--name", "zoho", folder="one")
    desk.load("open", "--name", "pipedrive", folder="thin")
    desk.load("open", "--name", "zoho", folder="thin")
    records = "select source_system, record_type, lead_status from raw_open_all.records order by 1"
    assert desk.rows(records) == [("pipedrive", "lead", None), ("zoho", "lead", "new")]
    fields = "select source_system, value from raw_open_all.records_fields where field = 'hat'"
    assert desk.rows(fields) == [("zoho", "L")]
