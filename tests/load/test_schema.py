"""`--schema`: what a connector fills in the same database is read where it lies."""

from pathlib import Path

import duckdb
import pytest

from scripts.build import load_arguments
from scripts.load import main
from scripts.places import CannotRunError
from tests.load.desk import Desk, Outcome

CONTACTS = """
    create schema crm;
    create table crm.contact as
    select
        id::bigint as id, 'lead' as property_lifecyclestage, 77.0::double as property_score,
        timestamp '2024-02-01' as property_lastmodifieddate,
        timestamptz '2024-03-01 00:00:00+00' as _fivetran_synced
    from range(1, 3) as ids(id);
    create table crm.contact_property_history as
    select
        1::bigint as contact_id, 'lifecyclestage' as name, 'lead' as value,
        timestamp '2024-01-01' as "timestamp", 'CRM_UI' as "source",
        timestamptz '2024-03-01 00:00:00+00' as _fivetran_synced;
"""
RESYNCED = """
    update crm.contact set property_lifecyclestage = 'customer',
        property_lastmodifieddate = timestamp '2024-04-01',
        _fivetran_synced = timestamptz '2024-05-01 00:00:00+00'
    where id = 1;
    delete from crm.contact where id = 2;
    delete from crm.contact_property_history;
"""


def fill(desk: Desk, statements: str) -> None:
    with duckdb.connect(str(desk.warehouse)) as connection:
        connection.execute(statements)


def load_schema(desk: Desk, source: str, name: str) -> Outcome:
    desk.capsys.readouterr()
    code = main([source, "--schema", name, "--warehouse", str(desk.warehouse)])
    printed = desk.capsys.readouterr()
    return Outcome(code, printed.out, printed.err)


def test_a_schema_is_read_and_stands_for_its_newest_sync(desk: Desk) -> None:
    fill(desk, CONTACTS)
    assert load_schema(desk, "hubspot", "crm").code == 0
    assert desk.rows(
        "select id, property_lifecyclestage from raw_hubspot_all.contact order by 1"
    ) == [
        ("1", "lead"),
        ("2", "lead"),
    ]
    assert desk.value("select method from raw_meta.loads") == "hubspot:schema:crm:fivetran"
    assert str(desk.value("select extracted_at from raw_meta.loads")) == "2024-03-01 00:00:00"
    fields = "select value from raw_hubspot_all.contact_fields where field = 'score' and id = '1'"
    assert desk.value(fields) == "77"


def test_without_a_newer_sync_loading_again_is_a_no_op(desk: Desk) -> None:
    fill(desk, CONTACTS)
    load_schema(desk, "hubspot", "crm")
    before = desk.contents()
    assert "already loaded" in load_schema(desk, "hubspot", "crm").out
    assert desk.contents() == before


def test_what_a_connector_purges_or_overwrites_is_kept(desk: Desk) -> None:
    fill(desk, CONTACTS)
    load_schema(desk, "hubspot", "crm")
    fill(desk, RESYNCED)
    assert load_schema(desk, "hubspot", "crm").code == 0
    current = "select id, property_lifecyclestage from raw_hubspot_all.contact order by 1"
    assert desk.rows(current) == [("1", "customer"), ("2", "lead")]
    versions = "select property_lifecyclestage, _seen_at from raw_hubspot_all_history.contact"
    assert [(stage, str(at)) for stage, at in desk.rows(versions)] == [
        ("lead", "2024-03-01 00:00:00")
    ]
    assert desk.value("select count(*) from raw_hubspot_all.contact_property_history") == 1


def test_dlts_schema_is_known_and_dated_by_its_load(desk: Desk) -> None:
    fill(
        desk,
        """
        create schema sf_data;
        create table sf_data.lead as
        select '00Q5e000001AbCdEAK' as id, 'Open' as status,
            timestamptz '2024-01-01' as created_date,
            timestamptz '2024-02-01' as system_modstamp, false as is_converted,
            '1709251200.5' as _dlt_load_id, 'x' as _dlt_id;
        create table sf_data._dlt_loads as select '1' as load_id;
        """,
    )
    outcome = load_schema(desk, "salesforce", "sf_data")
    assert "sf_data.lead: dlt's Salesforce lead → lead: 1 records = 1 landed" in outcome.out
    assert desk.rows("select id, status from raw_salesforce_all.lead") == [
        ("00Q5e000001AbCdEAK", "Open")
    ]
    assert desk.value("select method from raw_meta.loads") == "salesforce:schema:sf_data:dlt"
    assert str(desk.value("select extracted_at from raw_meta.loads"))[:19] == "2024-03-01 00:00:00"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere", "there is no schema nowhere in the warehouse, its schemas are other, sf:"),
        ("bare", "schema bare holds no tables in the warehouse"),
        ("raw_hubspot", "is the project's own"),
        ("other", "other.t: not loaded, no table of this name"),
        ("sf", "sf.contact: not loaded, its columns are those of salesforce's contact"),
    ],
)
def test_a_schema_that_cannot_be_read_is_refused(desk: Desk, name: str, words: str) -> None:
    fill(
        desk,
        """
        create schema bare;
        create schema other;
        create table other.t as select 1 as a;
        create schema sf;
        create table sf.contact as
        select '0035e000001AbCdEAK' as id, 'a@x' as email, '0015e000001AbCdEAK' as account_id,
            false as is_deleted, timestamp '2024-01-01' as _fivetran_synced;
        """,
    )
    outcome = load_schema(desk, "hubspot", name)
    assert outcome.code == 2
    assert words in outcome.err
    assert desk.value("select count(*) from raw_meta.loads") == 0


def test_a_folder_or_a_schema_but_not_both_and_not_neither(desk: Desk, tmp_path: Path) -> None:
    for arguments in (["hubspot"], ["hubspot", str(tmp_path), "--schema", "crm"]):
        assert main([*arguments, "--warehouse", str(desk.warehouse)]) == 2
        assert "name what to load" in desk.capsys.readouterr().err


def test_a_build_takes_a_folder_or_a_schema() -> None:
    assert load_arguments("hubspot", "", "", "crm") == ["hubspot", "--schema=crm"]
    more = load_arguments("hubspot", "tests", "", "", "--language de --headers 'my map.csv'")
    assert more == ["hubspot", "tests", "--language", "de", "--headers", "my map.csv"]
    with pytest.raises(CannotRunError, match="LOAD="):
        load_arguments("hubspot", "tests", "", "", "--headers 'my map.csv")
    for source, data, schema in (("hubspot", ".", "crm"), ("hubspot", "", ""), ("", "", "crm")):
        with pytest.raises(CannotRunError, match="own data need both"):
            load_arguments(source, data, "", schema)
