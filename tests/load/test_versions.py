"""The newest version of each key is current, superseded ones are kept, repeats change nothing."""

import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.load import Request, load
from scripts.warehouse import open_warehouse, prepare_warehouse
from tests.load.desk import PROJECT, Desk, contents_of

HEADER = "id,property_firstname,property_lastmodifieddate\n"
CURRENT = "select id, property_firstname from raw_hubspot.contact order by 1"
HISTORY = "select id, property_firstname from raw_hubspot_history.contact order by 1, 2"


def contacts(desk: Desk, *rows: str, folder: str = "files") -> None:
    desk.put("contact.csv", HEADER + "".join(f"{row}\n" for row in rows), folder)


def test_a_repeated_load_is_a_no_op_and_says_so(desk: Desk) -> None:
    contacts(desk, "1,Ann,2026-01-02", "2,Bo,bad")
    assert desk.load("hubspot").code == 0
    before = desk.contents()
    again = desk.load("hubspot")
    assert again.code == 0
    assert "already loaded" in again.out
    assert desk.contents() == before


def test_the_same_content_in_another_file_is_unchanged(desk: Desk) -> None:
    contacts(desk, "1,Ann,2026-01-02", "2,Bo,2026-01-02")
    desk.load("hubspot")
    before = desk.contents()
    contacts(desk, "2,Bo,2026-01-02", "1,Ann,2026-01-02")
    assert "2 records = 0 landed + 2 unchanged" in desk.load("hubspot").out
    after = desk.contents()
    for noted_by_every_load in ("raw_meta.loads", "raw_meta.load_columns"):
        assert after.pop(noted_by_every_load) != before.pop(noted_by_every_load)
    assert after == before


def test_a_newer_version_replaces_and_the_old_one_is_kept(desk: Desk) -> None:
    contacts(desk, "1,Ann,2026-01-02", "2,Bo,2026-01-02")
    desk.load("hubspot")
    contacts(desk, "1,Anna,2026-01-03")
    assert "1 records = 1 landed; 1 superseded" in desk.load("hubspot").out
    assert desk.rows(CURRENT) == [("1", "Anna"), ("2", "Bo")]
    assert desk.rows(HISTORY) == [("1", "Ann")]
    first, second = (
        row[0] for row in desk.rows("select load_id from raw_meta.loads order by started_at")
    )
    stamps = desk.rows("select _load_id, _superseded_by from raw_hubspot_history.contact")
    assert stamps == [(first, second)]


def test_a_late_older_version_goes_straight_to_the_history(desk: Desk) -> None:
    contacts(desk, "1,Anna,2026-01-03")
    desk.load("hubspot")
    contacts(desk, "1,Ann,2026-01-02")
    desk.load("hubspot")
    assert desk.rows(CURRENT) == [("1", "Anna")]
    assert desk.rows(HISTORY) == [("1", "Ann")]


@pytest.mark.parametrize("stamps", [("2026-01-02", "2026-01-02"), ("2026-01-02", ""), ("", "")])
def test_where_stamps_are_equal_or_missing_the_later_load_wins(
    desk: Desk, stamps: tuple[str, str]
) -> None:
    contacts(desk, f"1,Zoe,{stamps[0]}")
    desk.load("hubspot")
    contacts(desk, f"1,Ann,{stamps[1]}")
    desk.load("hubspot")
    assert desk.rows(CURRENT) == [("1", "Ann")]
    assert desk.rows(HISTORY) == [("1", "Zoe")]


def test_the_newest_of_several_versions_in_one_file_wins(desk: Desk) -> None:
    contacts(desk, "1,B,2026-01-03", "1,A,2026-01-02", "1,B,2026-01-03", "1,C,2026-01-01")
    assert "4 records = 3 landed + 1 duplicate; 2 superseded" in desk.load("hubspot").out
    assert desk.rows(CURRENT) == [("1", "B")]
    assert desk.rows(HISTORY) == [("1", "A"), ("1", "C")]


def test_the_order_of_rows_in_a_file_never_matters(desk: Desk, template: Path) -> None:
    rows = [f"{i},{name},{stamp}" for i in "12" for name in "AB" for stamp in ("2026-01-02", "")]
    found = []
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        desk.warehouse.write_bytes(template.read_bytes())
        contacts(desk, *rows)
        desk.load("hubspot")
        found.append((desk.rows(CURRENT), desk.rows(HISTORY)))
    assert found == [found[0]] * 4


def test_change_tables_keep_every_distinct_event_once(desk: Desk) -> None:
    header = "contact_id,name,timestamp,value,source,source_id\n"
    one = "1,lifecyclestage,2026-01-02T00:00:00Z,lead,CRM_UI,userId:1\n"
    cleared = "1,lifecyclestage,2026-01-02T00:00:00Z,,CRM_UI,userId:1\n"
    other = "1,lifecyclestage,2026-01-03T00:00:00Z,lead,CRM_UI,userId:1\n"
    desk.put("contact_property_history.csv", header + one + cleared)
    desk.load("hubspot")
    desk.put("contact_property_history.csv", header + other + one + cleared)
    assert "3 records = 1 landed + 2 unchanged" in desk.load("hubspot").out
    assert desk.rows(
        "select value, cast(timestamp as date)::varchar from raw_hubspot.contact_property_history "
        "order by 2, 1"
    ) == [("lead", "2026-01-02"), (None, "2026-01-02"), ("lead", "2026-01-03")]
    assert desk.value("select count(*) from raw_hubspot_history.contact_property_history") == 0


def test_parts_of_a_table_are_read_together(desk: Desk) -> None:
    desk.put("contact_1.csv", "id,property_firstname,Shoe Size\n1,Ann,38\n")
    desk.put("contact_2.jsonl", '{"id": "2", "property_lastname": "Bo", "shoe size": 44}\n')
    assert "contact: 2 records = 2 landed" in desk.load("hubspot").out
    assert desk.rows(
        'select id, property_firstname, property_lastname, "Shoe Size" from raw_hubspot.contact '
        "order by id"
    ) == [("1", "Ann", None, "38"), ("2", None, "Bo", "44")]


def test_columns_nobody_declared_land_as_text_and_stay(desk: Desk) -> None:
    desk.put("contact.csv", "id,property_shoe_size\n1,38\n")
    desk.load("hubspot")
    desk.put("contact.csv", "id,property_hat-size\n2,1e5\n")
    desk.load("hubspot")
    assert desk.rows(
        'select id, property_shoe_size, "property_hat-size" from raw_hubspot.contact order by id'
    ) == [("1", "38", None), ("2", None, "1e5")]


def test_named_open_sources_land_apart_and_are_read_together(desk: Desk) -> None:
    desk.put("users.csv", "user_id,team\nu1,sales\n", folder="one")
    desk.put("users.csv", "user_id,team\nu1,marketing\n", folder="two")
    assert desk.load("open", folder="one").code == 0
    assert desk.load("open", "--name", "pipedrive", folder="two").code == 0
    desk.put("users.csv", "user_id,team\nu1,operations\n", folder="two")
    assert desk.load("open", "--name", "pipedrive", folder="two").code == 0
    assert desk.rows("select source_system, user_id, team from raw_open_all.users order by 1") == [
        ("open", "u1", "sales"),
        ("pipedrive", "u1", "operations"),
    ]
    assert desk.rows("select source_system, team from raw_open_all.users_history") == [
        ("pipedrive", "marketing")
    ]
    assert desk.rows("select distinct source, method from raw_meta.loads order by 1") == [
        ("open", "open:files"),
        ("pipedrive", "open:files"),
    ]


@pytest.mark.parametrize("folder", ["with a space", "with [brackets] and *", "with 'quotes'"])
def test_any_folder_name_will_do(desk: Desk, folder: str) -> None:
    contacts(desk, "1,Ann,2026-01-02", folder=folder)
    deals = duckdb.sql("select 7 as deal_id, 'big' as property_dealname")
    deals.write_parquet(str(desk.home / "deal.parquet"))
    shutil.copy(desk.home / "deal.parquet", desk.home / folder / "deal.parquet")
    assert desk.load("hubspot", folder=folder).code == 0
    assert desk.rows(CURRENT) == [("1", "Ann")]
    assert desk.rows("select deal_id, property_dealname from raw_hubspot.deal") == [("7", "big")]


def test_the_command_lands_in_the_warehouse_of_the_environment(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "users.csv").write_text("user_id\nu1\n")
    warehouse = tmp_path / "made" / "here.duckdb"
    result = subprocess.run(
        [sys.executable, "-m", "scripts.load", "open", str(files)],
        cwd=PROJECT,
        env=os.environ | {"LIFECYCLE_WAREHOUSE": str(warehouse)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "users: 1 records = 1 landed\n"
    assert {path.name for path in warehouse.parent.iterdir()} == {".locks", "here.duckdb"}


def test_extracted_at_is_the_newest_event_not_after_the_clock(desk: Desk) -> None:
    desk.put(
        "deals.csv",
        "deal_id,is_closed,created_at,closed_at\nd1,false,2026-01-02,2026-03-01\n"
        "d2,true,2026-01-02,2026-02-01\nd3,true,2026-01-02,2199-01-01\n",
    )
    desk.load()
    assert str(desk.value("select extracted_at from raw_meta.loads")) == "2026-02-01 00:00:00"


def test_as_of_is_the_moment_the_data_stand_for(desk: Desk) -> None:
    desk.put("deals.csv", "deal_id,created_at\nd1,2026-01-02\n")
    desk.load("open", "--as-of", "2026-03-02T10:00:00+01:00")
    assert str(desk.value("select extracted_at from raw_meta.loads")) == "2026-03-02 09:00:00"
    assert desk.load("open", "--as-of", "2026-03-03").out.startswith("deals: 1 records = 0 landed")


def test_a_load_without_events_stands_for_the_moment_of_the_last(desk: Desk) -> None:
    desk.put("deals.csv", "deal_id,created_at\nd1,2026-01-02\n", folder="one")
    desk.put("users.csv", "user_id\nu1\n", folder="two")
    desk.load(folder="one")
    desk.load(folder="two")
    assert {str(row[0]) for row in desk.rows("select extracted_at from raw_meta.loads")} == {
        "2026-01-02 00:00:00"
    }


def test_a_grown_contract_widens_and_retypes_older_tables(tmp_path: Path) -> None:
    connection = open_warehouse(tmp_path / "older.duckdb")
    connection.execute("create schema raw_open")
    connection.execute(
        "create table raw_open.users as select 'u1' as user_id, 'true' as is_active, "
        "'load' as _load_id, timestamp '2026-01-02' as _loaded_at"
    )
    prepare_warehouse(connection)
    prepare_warehouse(connection)
    row = connection.execute("select user_id, is_active, team from raw_open_all.users").fetchall()
    connection.close()
    assert row == [("u1", True, None)]


Version = tuple[str, int, str]


@st.composite
def landings(draw: st.DrawFn) -> tuple[list[Version], list[list[Version]]]:
    """Versions of some contacts, and the same versions spread over loads in any order."""
    keys = st.tuples(st.sampled_from("123"), st.integers(1, 6))
    distinct = draw(st.dictionaries(keys, st.sampled_from("AB"), min_size=1, max_size=10))
    versions = [(key, stamp, name) for (key, stamp), name in distinct.items()]
    shuffled = draw(st.permutations(versions + versions[:3]))
    cuts = draw(st.lists(st.integers(0, len(shuffled)), max_size=2).map(sorted))
    parts = [shuffled[a:b] for a, b in itertools.pairwise([0, *cuts, len(shuffled)])]
    return versions, [part for part in parts if part]


def _kept(template: Path, loads: list[list[Version]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        warehouse = home / "warehouse.duckdb"
        warehouse.write_bytes(template.read_bytes())
        for rows in loads:
            text = HEADER + "".join(f"{key},{name},2026-01-0{day}\n" for key, day, name in rows)
            (home / "files").mkdir(exist_ok=True)
            (home / "files" / "contact.csv").write_text(text)
            load(Request("hubspot", home / "files", "hubspot", warehouse))
        found = contents_of(warehouse)
    names = {
        schema: found[f"{schema}.contact"] for schema in ("raw_hubspot", "raw_hubspot_history")
    }
    return {schema: sorted(row[:2] for row in rows) for schema, rows in names.items()}


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(landing=landings())
def test_a_load_split_into_several_in_any_order_keeps_the_same_rows(
    template: Path, landing: tuple[list[Version], list[list[Version]]]
) -> None:
    versions, parts = landing
    assert _kept(template, parts) == _kept(template, [versions])
