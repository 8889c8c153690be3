"""dlt's tables of both CRMs, on the raw contract."""

from tests.load.desk import Desk

HISTORY = (
    "object_id,property_name,value,timestamp,source_type,source_id,_dlt_load_id,_dlt_id\n"
    "1,lifecyclestage,lead,2024-01-01 10:00:00+00,IMPORT,55,1700000000.5,a\n"
    '1,lifecyclestage,"",2024-02-01 09:00:00.123+00,CRM_UI,userId:9,1700000000.5,b\n'
)
REFETCHED = HISTORY + (
    "1,lifecyclestage,lead,2024-01-01 10:00:00+00,IMPORT,55,1700009999.5,c\n"
    '1,lifecyclestage,"",2024-02-01 09:00:00.123+00,CRM_UI,userId:9,1700009999.5,d\n'
)
OPPORTUNITIES = (
    "id,stage_name,is_closed,is_won,close_date,created_date,system_modstamp,_dlt_load_id,_dlt_id\n"
    "006000000000001AAA,Prospecting,false,false,2024-05-01,2024-01-01 10:00:00+00,"
    "2024-02-03 10:00:00+00,1700000000.5,a\n"
    "006000000000001AAA,Closed Won,true,true,2024-05-01,2024-01-01 10:00:00+00,"
    "2024-03-09 03:20:00+00,1700000001.5,b\n"
)
CHANGES = (
    "select contact_id, name, value, timestamp, source, source_id "
    "from raw_hubspot_all.contact_property_history order by timestamp"
)


def test_a_history_that_is_fetched_again_each_run_lands_once(desk: Desk) -> None:
    """Pitfall 1."""
    desk.put("hs__contacts_property_history.csv", REFETCHED)
    outcome = desk.load("hubspot")
    assert "4 records = 2 landed + 2 duplicate" in outcome.out
    changes = desk.rows(CHANGES)
    assert [row[2] for row in changes] == ["lead", None]
    third = REFETCHED.replace("1700009999.5", "1700019999.5")
    desk.put("contacts_property_history.csv", third, "b")
    assert "0 landed + 2 unchanged" in desk.load("hubspot", folder="b").out
    assert desk.rows(CHANGES) == changes
    assert desk.rows("from raw_hubspot_all_history.contact_property_history") == []


def test_rows_appended_without_a_key_leave_one_row_and_its_versions(desk: Desk) -> None:
    """Pitfall 2."""
    desk.put("sf__opportunity.csv", OPPORTUNITIES)
    assert "2 records = 2 landed; 1 superseded" in desk.load("salesforce").out
    current = desk.rows("select id, stage_name, is_won from raw_salesforce_all.opportunity")
    assert current == [("006000000000001AAA", "Closed Won", True)]
    versions = "select stage_name, _seen_at from raw_salesforce_all_history.opportunity"
    seen = desk.rows(versions)
    assert [(stage, f"{at:%Y-%m-%d %H:%M}") for stage, at in seen] == [
        ("Prospecting", "2024-02-03 10:00")
    ]


def test_of_rows_with_one_stamp_the_later_run_stays(desk: Desk) -> None:
    """Pitfall 2, its tie."""
    header, first, second = OPPORTUNITIES.splitlines()
    second = second.replace("2024-03-09 03:20:00+00", "2024-02-03 10:00:00+00")
    desk.put("opportunity.csv", "\n".join([header, second, first]) + "\n")
    desk.load("salesforce")
    assert desk.value("select stage_name from raw_salesforce_all.opportunity") == "Closed Won"


def test_ids_that_landed_as_doubles_are_the_ids(desk: Desk) -> None:
    """Pitfall 42."""
    desk.put(
        "contacts.csv",
        "id,email,associatedcompanyid,hubspot_owner_id,lastmodifieddate,_dlt_load_id,_dlt_id\n"
        "1.0,m@x.com,77.0,41629779.0,2024-02-01 10:00:00+00,1.5,a\n",
    )
    desk.load("hubspot")
    ids = "id, property_associatedcompanyid, property_hubspot_owner_id"
    found = desk.rows(f"select {ids} from raw_hubspot_all.contact")
    assert found == [("1", "77", "41629779")]


def test_when_dlt_ran_is_no_event(desk: Desk) -> None:
    """Pitfall 26: extracted_at comes from the CRM's times, not from the connector's."""
    desk.put("contacts_property_history.csv", HISTORY)
    desk.load("hubspot")
    assert f"{desk.value('select extracted_at from raw_meta.loads'):%Y-%m-%d}" == "2024-02-01"
    synced = desk.value(
        "select max(_fivetran_synced) from raw_hubspot_all.contact_property_history"
    )
    assert f"{synced:%Y-%m-%d}" == "2023-11-14"


def test_history_that_stops_at_a_record_without_any_lands_beside_every_record(desk: Desk) -> None:
    """Pitfall 44: records whose history is missing are there all the same, to be compared."""
    desk.put("contacts_property_history.csv", HISTORY)
    desk.put(
        "contacts.csv",
        "id,lifecyclestage,createdate,lastmodifieddate,_dlt_load_id,_dlt_id\n"
        "1,lead,2024-01-01 10:00:00+00,2024-02-01 10:00:00+00,1.5,a\n"
        "2,customer,2024-01-01 10:00:00+00,2024-02-01 10:00:00+00,1.5,b\n",
    )
    desk.load("hubspot")
    found = desk.rows(
        """
        select contact.id, property_lifecyclestage, count(changes.value)
        from raw_hubspot_all.contact as contact
        left join raw_hubspot_all.contact_property_history as changes on contact_id = contact.id
        group by all order by all
        """
    )
    assert found == [("1", "lead", 1), ("2", "customer", 0)]


def test_children_find_their_parents_after_a_refetch(desk: Desk) -> None:
    owners = "id,email,user_id,updated_at,_dlt_load_id,_dlt_id\n7,a@x.com,9,2024-01-01,{0},{1}\n"
    teams = (
        "id,name,primary,_dlt_parent_id,_dlt_root_id,_dlt_list_idx,_dlt_id\n5,T,true,{0},r,0,c\n"
    )
    for load, parent in (("1.5", "p1"), ("2.5", "p2")):
        desk.put("owners.csv", owners.format(load, parent), parent)
        desk.put("owners__teams.csv", teams.format(parent), parent)
        desk.load("hubspot", folder=parent)
    pairs = "select owner_id, team_id, is_team_primary from raw_hubspot_all.owner_team"
    assert desk.rows(pairs) == [("7", "5", True)]
    assert desk.rows("select id, name from raw_hubspot_all.team") == [("5", "T")]
    assert desk.rows("from raw_hubspot_all_history.owner") == []


def test_a_complete_load_marks_who_is_gone_and_who_returns(desk: Desk) -> None:
    contact = "id,email,lastmodifieddate,_dlt_load_id,_dlt_id\n{0}"
    both = "1,a@x.com,2024-01-01,1.5,a\n2,b@x.com,2024-01-01,1.5,b\n"
    deleted = (
        "select id, coalesce(_fivetran_deleted, false) from raw_hubspot_all.contact order by 1"
    )
    for folder, rows in (("one", both), ("two", both.splitlines()[0] + "\n"), ("three", both)):
        desk.put("contacts.csv", contact.format(rows), folder)
        as_of = {"one": "2024-02-01", "two": "2024-02-02", "three": "2024-02-03"}[folder]
        desk.load("hubspot", "--complete", "--as-of", as_of, folder=folder)
        expected = [("1", False), ("2", folder == "two")]
        assert desk.rows(deleted) == expected, folder
    observed = desk.rows(
        "select table_name, key_value, is_deleted from raw_meta.observed_deletions order by 3 desc"
    )
    assert observed == [("contact", "2", True), ("contact", "2", False)]


def test_a_bad_cell_is_rejected_with_its_line_and_column(desk: Desk) -> None:
    desk.put(
        "contacts.csv",
        "id,createdate,lastmodifieddate,_dlt_load_id,_dlt_id\n1,soon,2024-01-01,1.5,a\n",
    )
    desk.load("hubspot")
    ((file, line, column, error, _),) = desk.rejects()
    assert (file, line, column) == ("contacts.csv", 2, "createdate")
    assert "is not an ISO 8601 time" in error


def test_companies_and_stage_dates_that_dlt_lands_beside_the_records(desk: Desk) -> None:
    desk.put(
        "contacts.csv",
        "id,email,associatedcompanyid,lastmodifieddate,_dlt_load_id,_dlt_id\n"
        "1,a@x,77.0,2024-02-01,1.5,a\n2,b@x,,2024-02-01,1.5,b\n3,c@x,,2024-02-01,1.5,c\n",
    )
    desk.put(
        "companies__contacts.csv",
        "value,contacts_id,_dlt_parent_id,_dlt_root_id,_dlt_list_idx,_dlt_id\n"
        "78,1,p,r,0,d\n78,2,p,r,1,e\n78,3,p,r,2,f\n79,3,q,s,0,g\n",
    )
    dates = "id,hs_v2_date_enteredx,stage,_dlt_load_id,_dlt_id\n500,{0},won,1.5,{1}\n"
    desk.put("stages_timing_deals.csv", dates.format("2024-02-02 00:00:00+00", "a"))
    assert "companies__contacts → contact" in desk.load("hubspot").out
    companies = "select id, property_associatedcompanyid from raw_hubspot_all.contact order by 1"
    # One company that lists a contact is the contact's; of two, nobody knows which comes first.
    assert desk.rows(companies) == [("1", "77"), ("2", "78"), ("3", None)]
    assert desk.rows(
        "select id, value from raw_hubspot_all.contact_fields"
        " where field = 'associatedcompanyid' order by 1"
    ) == [("1", "77"), ("2", "78")]
    desk.put("stages_timing_deals.csv", dates.format("2024-03-02 00:00:00+00", "b"), "later")
    desk.load("hubspot", folder="later")
    entered = "select stage_id, date_entered from raw_hubspot_all{}.deal_stage_date"
    assert [f"{at:%m-%d}" for _, at in desk.rows(entered.format(""))] == ["03-02"]
    assert [f"{at:%m-%d}" for _, at in desk.rows(entered.format("_history"))] == ["02-02"]
