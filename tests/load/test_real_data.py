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
