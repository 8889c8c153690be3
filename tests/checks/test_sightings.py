"""A violation is first seen once, and last seen whenever it was published again."""

import contextlib
from datetime import datetime
from pathlib import Path

import duckdb

from scripts.sightings import record_sightings
from tests.checks.small_warehouse import AS_OF, execute, make_warehouse


def sightings(warehouse: Path) -> list[tuple[str, datetime, datetime]]:
    with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        return connection.execute(
            "select violation_id, first_as_of, last_as_of from raw_meta.violation_sightings"
            " order by violation_id"
        ).fetchall()


def test_sightings_are_added_once_and_their_end_moves(tmp_path: Path) -> None:
    warehouse = make_warehouse(tmp_path / "crm.duckdb")
    later = datetime(2026, 7, 1)
    assert record_sightings(warehouse) == 2
    assert record_sightings(warehouse) == 0
    assert sightings(warehouse) == [("x1", AS_OF, AS_OF), ("x2", AS_OF, AS_OF)]
    execute(warehouse, "delete from marts.fct_rule_violations where violation_id = 'x2'")
    execute(warehouse, "update intermediate.int_as_of set as_of = timestamp '2026-07-01'")
    assert record_sightings(warehouse) == 0
    assert sightings(warehouse) == [("x1", AS_OF, later), ("x2", AS_OF, AS_OF)]


def test_a_build_of_the_past_moves_the_start_and_not_the_end(tmp_path: Path) -> None:
    warehouse = make_warehouse(tmp_path / "crm.duckdb")
    record_sightings(warehouse)
    execute(warehouse, "update intermediate.int_as_of set as_of = timestamp '2026-01-01'")
    record_sightings(warehouse)
    assert sightings(warehouse)[0] == ("x1", datetime(2026, 1, 1), AS_OF)
