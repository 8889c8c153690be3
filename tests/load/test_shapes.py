"""Airbyte's, Singer's and Fivetran's shapes side by side, and how a shape is known."""

import re
from typing import Any

import pytest
import yaml

from scripts.connectors.reading import read_connectors
from scripts.raw_contract import SOURCES, read_contract
from scripts.recognise import recognise
from scripts.warehouse import open_warehouse, prepare_connector, refresh_views
from tests.load.desk import PROJECT, Desk

CONNECTORS = [
    pytest.param(connector, id=f"{source}-{connector.name}")
    for source in SOURCES
    for connector in read_connectors(source)
]
FIVETRAN_LEAD = (
    "id,email,status,is_converted,created_date,system_modstamp,mql_date_c,_fivetran_synced\n"
    "00Q5e000001AbCdEAK,a@x,Open,false,2024-01-01 10:00:00,2024-02-03 10:00:00,2024-01-10,"
    "2024-05-01\n"
)
LEADS = {
    "fivetran": FIVETRAN_LEAD,
    "dlt": "id,email,status,is_converted,created_date,system_modstamp,mql_date__c,_dlt_load_id,"
    "_dlt_id\n00Q5e000001AbCdEAK,a@x,Open,false,2024-01-01 10:00:00+00,2024-02-03 10:00:00+00,"
    "2024-01-10,1700000000.5,a\n",
    "airbyte": "_airbyte_raw_id,_airbyte_extracted_at,Id,Email,Status,IsConverted,CreatedDate,"
    "SystemModstamp,MQL_Date__c\nr,2024-05-01T00:00:00Z,00Q5e000001AbCdEAK,a@x,Open,false,"
    "2024-01-01T10:00:00.000Z,2024-02-03T10:00:00.000Z,2024-01-10\n",
    "singer": "_sdc_batched_at,_sdc_sequence,id,email,status,isconverted,createddate,"
    "systemmodstamp,mql_date__c\n2024-05-01T00:00:00Z,1,00Q5e000001AbCdEAK,a@x,Open,false,"
    "2024-01-01T10:00:00Z,2024-02-03T10:00:00Z,2024-01-10\n",
    "export": "Id,Email,Status,IsConverted,CreatedDate,SystemModstamp,MQL_Date__c\n"
    "00Q5e000001AbCd,a@x,Open,false,2024-01-01T10:00:00.000Z,2024-02-03T10:00:00.000Z,"
    "2024-01-10\n",
}
LEAD = (
    "select id, email, status, is_converted, created_date, system_modstamp "
    "from raw_salesforce_all.lead"
)


@pytest.mark.parametrize("connector", CONNECTORS)
def test_a_connectors_file_maps_declared_columns_of_landed_tables(connector) -> None:
    contract = read_contract(connector.source).tables
    text = f"scripts/connectors/{connector.source}/{connector.name}.yml"
    stated = _stated(text)
    for name, entry in (*stated.get("maps", {}).items(), *stated.get("maps_also", {}).items()):
        assert name in contract, name
        assert set(entry.get("columns", {})) <= set(contract[name].types()), name
        assert {entry["from"], *entry.get("join", {})} <= set(connector.tables), name
    for mapping in connector.maps:
        assert list(mapping.columns) == list(mapping.table.types())
        landed = connector.tables[mapping.come_from].types()
        named = set(re.findall(r'"([^"]+)"', " ".join(mapping.columns.values())))
        assert named <= {*landed, *mapping.joined, "item"}
        for key in mapping.table.keys:
            assert "cast(null" not in mapping.columns[key], key


def _stated(path: str) -> dict[str, Any]:
    stated: dict[str, Any] = yaml.safe_load((PROJECT / path).read_text(encoding="utf-8"))
    return stated


@pytest.mark.parametrize("connector", CONNECTORS)
def test_a_connectors_views_can_be_read(connector, desk: Desk) -> None:
    """Every mapping is valid SQL: a table of each connector lands, and all views answer."""
    connection = open_warehouse(desk.warehouse)
    prepare_connector(connection, connector.source, connector.name)
    refresh_views(connection)
    for mapping in connector.maps:
        for schema in ("", "_history"):
            view = f'raw_{connector.source}_all{schema}."{mapping.table.name}"'
            assert connection.execute(f"select count(*) from {view}").fetchone() == (0,)
            kinds = {str(row[0]): str(row[1]).lower() for row in _described(connection, view)}
            assert mapping.table.types().items() <= kinds.items(), mapping.table.name
        if mapping.table.has_fields:
            view = f'raw_{connector.source}_all."{mapping.table.name}_fields"'
            assert connection.execute(f"select count(*) from {view}").fetchone() == (0,)
    connection.close()


def _described(connection: Any, view: str) -> list[Any]:
    rows: list[Any] = connection.execute(f"describe {view}").fetchall()
    return rows


@pytest.mark.parametrize("connector", sorted(set(LEADS) - {"fivetran"}))
def test_one_lead_is_the_same_row_in_every_shape(desk: Desk, connector: str) -> None:
    desk.put("sf__lead.csv", LEADS[connector], connector)
    outcome = desk.load("salesforce", folder=connector)
    assert outcome.code == 0, outcome
    assert desk.value(f"select count(*) from raw_salesforce_{connector}.lead") == 1
    found = desk.rows(LEAD)
    desk.put("sf_lead_data.csv", LEADS["fivetran"], "fivetran")
    desk.load("salesforce", folder="fivetran")
    from_fivetran = desk.rows(LEAD.replace("raw_salesforce_all", "raw_salesforce"))
    assert found == from_fivetran
    assert len(found) == 1
    # Both shapes hold the key: one row, and the older one is a version.
    assert desk.rows(LEAD) == found
    assert desk.value("select count(*) from raw_salesforce_all_history.lead") == 1
    mql = "select value from raw_salesforce_all.lead_fields where field = 'mql_date_c'"
    assert desk.rows(mql) == [("2024-01-10",)]
    landed = (
        "select distinct field from raw_meta.landed_columns where lower(column_name) like 'mql%'"
    )
    assert desk.rows(landed) == [("mql_date_c",)]


def test_two_shapes_of_a_key_leave_the_newest_row(desk: Desk) -> None:
    desk.put("lead.csv", LEADS["fivetran"], "one")
    desk.put("lead.csv", LEADS["dlt"].replace("2024-02-03", "2024-03-03").replace("Open", "Won"))
    desk.load("salesforce", folder="one")
    desk.load("salesforce")
    assert desk.rows("select status from raw_salesforce_all.lead") == [("Won",)]
    assert desk.rows("select status from raw_salesforce_all_history.lead") == [("Open",)]
    status = "select value from raw_salesforce_all{}.lead_fields where field = 'status'"
    assert desk.rows(status.format("")) == [("Won",)]
    assert desk.rows(status.format("_history")) == [("Open",)]


def test_airbytes_times_may_be_milliseconds(desk: Desk) -> None:
    desk.put(
        "contacts_property_history.csv",
        "_airbyte_raw_id,_airbyte_extracted_at,vid,property,value,timestamp,source-type,source-id\n"
        "a,2024-05-01T00:00:00Z,1,lifecyclestage,lead,1704103200000,CRM_UI,userId:9\n"
        "b,2024-05-01T00:00:00Z,1,lifecyclestage,customer,2024-02-01T00:00:00.5Z,IMPORT,\n",
    )
    desk.load("hubspot")
    changes = desk.rows(
        "select contact_id, name, value, cast(timestamp as varchar), source, source_id "
        "from raw_hubspot_all.contact_property_history order by timestamp"
    )
    assert changes == [
        ("1", "lifecyclestage", "lead", "2024-01-01 10:00:00", "CRM_UI", "userId:9"),
        ("1", "lifecyclestage", "customer", "2024-02-01 00:00:00.5", "IMPORT", None),
    ]


def test_airbytes_lists_become_associations_and_stages(desk: Desk) -> None:
    desk.put(
        "deals.jsonl",
        '{"_airbyte_raw_id":"x","id":"500","properties_dealstage":"won","properties_amount":10.5,'
        '"createdAt":"2024-01-01T00:00:00Z","contacts":["1","2"]}\n',
    )
    desk.put(
        "deal_pipelines.jsonl",
        '{"_airbyte_raw_id":"x","id":"p","label":"Sales","stages":[{"id":"won","label":"Won",'
        '"metadata":{"isClosed":"true","probability":"1.0"}}]}\n',
    )
    assert desk.load("hubspot").code == 0
    pairs = "select deal_id, contact_id from raw_hubspot_all.deal_contact order by 2"
    assert desk.rows(pairs) == [("500", "1"), ("500", "2")]
    stages = "select pipeline_id, stage_id, is_closed, probability "
    assert desk.rows(f"{stages} from raw_hubspot_all.deal_pipeline_stage") == [
        ("p", "won", True, 1.0)
    ]
    assert desk.rows("select property_amount from raw_hubspot_all.deal") == [(10.5,)]


def test_singers_split_values_are_one_text(desk: Desk) -> None:
    desk.put(
        "leadhistory.csv",
        "_sdc_sequence,id,leadid,field,oldvalue__st,newvalue__st,newvalue__de,createddate\n"
        "1,0175e000001AbCdEAK,00Q5e000001AbCdEAK,Status,Open,Working,,2024-01-02T09:30:00Z\n"
        "1,0175e000001AbCeEAK,00Q5e000001AbCdEAK,Score__c,,,50.5,2024-01-02T09:30:00Z\n",
    )
    desk.load("salesforce")
    changes = "select field, old_value, new_value from raw_salesforce_all.lead_history order by 1"
    assert desk.rows(changes) == [("Score__c", None, "50.5"), ("Status", "Open", "Working")]


def test_a_half_recognised_file_says_which_column_is_missing(desk: Desk) -> None:
    desk.put("contacts.csv", "vid,email,_dlt_id\n1,a@x,b\n")
    outcome = desk.load("hubspot")
    assert outcome.code == 2
    for word in ("contacts.csv", "dlt's HubSpot contacts", "column id is missing", "include it"):
        assert word in outcome.err


@pytest.mark.parametrize("name", ["sf_lead_data", "sf__lead", "Lead", "salesforce_lead", "LEAD_2"])
def test_names_are_seen_through(name: str) -> None:
    found = recognise("salesforce", name, name, ["id", "is_deleted"])
    assert not isinstance(found, str)
    assert (found[0].name, found[0].connector) == ("lead", "")


def test_a_file_without_a_telling_name_is_known_by_its_columns() -> None:
    found = recognise("hubspot", "x.csv", "x", ["id", "dealstage", "amount", "_dlt_id"])
    assert not isinstance(found, str)
    assert (found[0].name, found[0].connector) == ("deals", "dlt")


def test_another_crms_file_is_left_alone(desk: Desk) -> None:
    desk.put("hs__contacts.csv", "id,lastmodifieddate,_dlt_id\n1,2024-01-01,a\n")
    desk.put("sf__lead.csv", LEADS["dlt"])
    outcome = desk.load("hubspot")
    assert "sf__lead.csv: not loaded" in outcome.out
    assert desk.value("select count(*) from raw_hubspot_all.contact") == 1
