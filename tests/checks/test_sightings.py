"""A violation is first seen once, and last seen whenever it was published again."""

import contextlib
from datetime import date, datetime
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


def runs(warehouse: Path) -> list[tuple[int, str, int | None, int | None, int | None]]:
    with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        return connection.execute(
            """
            select run_number, rule_code, new_count, repaired_count, unchanged_count
            from raw_meta.rule_results_published
            where rule_code in (select rule_code from raw_meta.violations_published)
            order by run_number, rule_code
            """
        ).fetchall()


def test_each_run_says_what_is_new_repaired_and_unchanged(tmp_path: Path) -> None:
    """The first run has nothing to compare with; what is repaired once is not repaired again."""
    warehouse = make_warehouse(tmp_path / "crm.duckdb")
    execute(warehouse, "update marts.fct_rule_violations set rule_code = 'EN07', state = 'open'")
    execute(warehouse, "update marts.fct_rule_results set rule_code = 'EN07' where rowid = 0")
    record_sightings(warehouse)
    assert runs(warehouse) == [(1, "EN07", None, None, None)]
    execute(
        warehouse,
        "update marts.fct_rule_violations set state = 'repaired' where violation_id = 'x1'",
    )
    execute(
        warehouse,
        "insert into marts.fct_rule_violations (violation_id, rule_code, state)"
        " values ('x3', 'EN07', 'open')",
    )
    record_sightings(warehouse)
    assert runs(warehouse)[1:] == [(2, "EN07", 1, 1, 1)]
    execute(warehouse, "delete from marts.fct_rule_violations where violation_id in ('x1', 'x2')")
    record_sightings(warehouse)
    assert runs(warehouse)[2:] == [(3, "EN07", 0, 1, 1)]


def funnel_published(warehouse: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        return connection.execute(
            """
            select period_on, numerator, denominator, first_as_of from raw_meta.funnel_published
            where mart = 'funnel_mql_acceptance' and lead_source_group = 'kept'
            order by period_on
            """
        ).fetchall()


def test_funnel_numbers_stay_as_they_were_first_published(tmp_path: Path) -> None:
    """A period is kept when it is over and everybody in it is due, and never changes again."""
    warehouse = make_warehouse(tmp_path / "crm.duckdb")
    for period_on, matured_count in (("2026-04-01", 9), ("2026-05-01", 10), ("2026-06-01", 10)):
        execute(
            warehouse,
            "insert into marts.funnel_mql_acceptance (period_kind, period_on, lead_source_group,"
            " owner_team, offered_count, matured_count, accepted_count)"
            f" values ('month', '{period_on}', 'kept', 'sales', 10, {matured_count}, 4)",
        )
    record_sightings(warehouse)
    may = (date(2026, 5, 1), 4, 10, AS_OF)
    # April has somebody who is not due; June's last day is not over at noon.
    assert funnel_published(warehouse) == [may]
    later = datetime(2026, 7, 1)
    execute(
        warehouse, "update marts.funnel_mql_acceptance set matured_count = 10, accepted_count = 5"
    )
    execute(warehouse, "update intermediate.int_as_of set as_of = timestamp '2026-07-01'")
    record_sightings(warehouse)
    april, june = (date(2026, 4, 1), 5, 10, later), (date(2026, 6, 1), 5, 10, later)
    assert funnel_published(warehouse) == [april, may, june]


def test_a_warehouse_of_an_older_version_gets_what_is_kept(tmp_path: Path) -> None:
    """Nobody has to load again for the tables to be there."""
    warehouse = make_warehouse(tmp_path / "crm.duckdb")
    for table in ("rule_results_published", "violations_published", "funnel_published"):
        execute(warehouse, f"drop table raw_meta.{table}")
    record_sightings(warehouse)
    assert funnel_published(warehouse) == []
