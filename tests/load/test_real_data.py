"""Real folders load without an undeserved reject."""

from pathlib import Path

import pytest

from tests.load.desk import SHARED_DATA, Desk


def _data(name: str) -> Path:
    folder = SHARED_DATA / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


def test_fivetrans_hubspot_loads_without_a_reject(desk: Desk) -> None:
    folder = _data("fivetran_hubspot")
    desk.home = folder.parent
    outcome = desk.load("hubspot", folder=folder.name)
    assert outcome.code == 0, outcome
    assert desk.rejects() == []
    found = desk.rows("select file_count, row_count, rejected_count from raw_meta.loads")
    assert found == [(31, 762, 0)]
    assert "property_data.csv: not loaded" in outcome.out
    shape = desk.rows(
        'select id, cast(_fivetran_synced as varchar), "property_hs_all-funky-a9384-syntax" '
        "from raw_hubspot.company where id = '2182162682'"
    )
    assert shape == [("2182162682", "2020-12-30 03:15:52", "23")]


def test_the_loan_funnel_loads_whole(desk: Desk) -> None:
    folder = _data("bpic2012")
    desk.home = folder
    outcome = desk.load("open", folder="open")
    assert outcome.code == 0, outcome
    assert desk.rejects() == []
    counts = desk.rows(
        "select (select count(*) from raw_open.records), (select count(*) from raw_open.changes), "
        "(select count(*) from raw_open.activities), (select count(*) from raw_open.documents)"
    )
    assert counts == [(13_087, 60_849, 170_107, 9_273)]
    assert str(desk.value("select extracted_at from raw_meta.loads")).startswith("2012-03-14")


def test_fivetrans_salesforce_loads_without_a_reject(desk: Desk) -> None:
    folder = _data("fivetran_salesforce")
    desk.home = folder.parent
    outcome = desk.load("salesforce", folder=folder.name)
    assert outcome.code == 0, outcome
    assert desk.rejects() == []
    for name, count in (("account", 10), ("contact", 4), ("opportunity", 10)):
        assert f"history mode kept → {name}: {count} records = {count} landed" in outcome.out
        assert desk.value(f"select count(*) from raw_salesforce_all.{name}") == count
        assert desk.value(f"select count(*) from raw_salesforce_all_history.{name}") == count
    starts = "select min(_seen_at) < '2020-01-01' from raw_salesforce_all_history.account"
    assert desk.value(starts)


def test_dlts_tables_of_both_crms_load_from_one_folder(desk: Desk) -> None:
    folder = _data("dlt_landed")
    desk.home = folder.parent
    for source in ("hubspot", "salesforce"):
        outcome = desk.load(source, folder=folder.name)
        assert outcome.code == 0, outcome
    assert desk.rejects() == []
    assert desk.rows(
        "select deal_id, deal_pipeline_id, deal_pipeline_stage_id from raw_hubspot_all.deal"
    ) == [("500", "default", "appointmentscheduled")]
    assert desk.rows("select owner_id, team_id from raw_hubspot_all.owner_team") == [
        ("41629779", "178588")
    ]
    assert desk.rows("select id, stage_name from raw_salesforce_all.opportunity") == [
        ("006", "Closed Won")
    ]
    fields = "select value from raw_salesforce_all.lead_fields where field = 'mql_date_c'"
    assert desk.rows(fields) == [("2024-01-10",)]
