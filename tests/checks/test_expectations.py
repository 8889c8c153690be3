"""Every expectation holds on good data, and every one of them can fail."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from scripts.check import Suite, _run, check, find_suites, main, together
from scripts.outcomes import Outcome
from scripts.places import PROJECT
from scripts.raw_contract import quoted, read_contract
from tests.checks.small_warehouse import execute, make_warehouse

# What breaks the marts and the loader's notes, and the raw values, in one go.
CORRUPTIONS = """
    insert into raw_hubspot.engagement (id, type) values ('77', 'TELEGRAM');
    insert into raw_hubspot.engagement_email (engagement_id, property_hs_email_direction)
        values ('77', 'SIDEWAYS');
    insert into raw_hubspot.contact_property_history (contact_id, name) values ('1', 'property_x');
    insert into raw_hubspot.company_property_history (company_id, name) values ('1', 'property_x');
    insert into raw_hubspot.deal_property_history (deal_id, name) values ('1', 'property_x');
    insert into raw_hubspot.deal_pipeline_stage (pipeline_id, probability) values ('1', 80);
    insert into raw_hubspot.owner (owner_id, email) values ('1', 'nobody');
    insert into raw_open.records (record_id, record_type) values ('1', 'robot');
    insert into raw_open.changes (change_id, entity_type) values ('1', 'robot');
    insert into raw_open.activities (activity_id, direction) values ('1', 'sideways');
    insert into raw_open.deals (deal_id, is_won, is_closed) values ('1', true, false);
    insert into raw_open.documents (document_id, document_type) values ('1', 'poem');

    insert into raw_meta.loads (load_id, source, method, row_count, rejected_count,
        extracted_at, finished_at)
    values (null, 'open', 'open:files', -1, -1, timestamp '2030-01-01', null),
        ('load-3', 'open', 'open:files', 5, 90, timestamp '2030-01-01', timestamp '2026-07-02'),
        ('load-3', 'hubspot', 'hubspot:files', 5, 90, timestamp '2026-06-01',
            timestamp '2026-07-02');

    update marts.dim_people set person_id = 'p', stage_alignment = 'askew', record_count = -1,
        open_deal_count = -1, stage_entered_at = timestamp '2099-01-01';
    update marts.fct_stage_visits set visit_id = 'v', stay_days = -1, is_open = true,
        valid_to = valid_from;
    insert into marts.fct_stage_visits (visit_id, person_id, visit_number, is_open, valid_from)
        select 'w' || visit_number, 'p9', visit_number, true, timestamp '2026-01-01'
        from (values (1), (2)) as stays (visit_number);
    insert into marts.fct_handoffs select * from marts.fct_handoffs;
    update marts.fct_handoffs set decision = 'maybe', working_hours_to_decision = -1;
    update marts.fct_handoffs set decided_at = timestamp '2000-01-01'
        where rowid = (select min(rowid) from marts.fct_handoffs);
    update marts.fct_rule_results set rule_id = 'r', status = 'purple', subject_count = 1,
        judged_count = 3, broken_rate = 2, evidence_coverage_rate = 2;
    insert into marts.fct_rule_results (rule_id, status) values ('s', 'red');
    insert into marts.fct_rule_violations select * from marts.fct_rule_violations;
    update marts.fct_rule_violations set evidence = null, remedy = null, state = 'shut',
        is_leading = false;
    update marts.funnel_cohorts set matured_count = 99, converted_count = 100,
        conversion_rate = 2, km_conversion_rate = 2;
    update marts.funnel_mql_acceptance set matured_count = 99, accepted_count = 100,
        pending_count = 99, acceptance_rate = 2, acceptance_rate_of_decided = 2,
        hours_to_decision_median = -1;
    update marts.funnel_opportunity_creation set matured_count = 99,
        with_opportunity_count = 100, opportunity_creation_rate = 2;
    update marts.funnel_rejection_reasons set share_rate = 2, rejection_count = 0,
        only_in_notes_count = 1;
    update marts.funnel_opportunity_amounts set amount = -1, deal_count = 0, currency = null;
    update marts.funnel_stage_aging set overdue_count = 99, open_days_median = -1,
        completed_days_median = -1, open_days_p90 = -2;
    insert into marts.funnel_stage_completeness select * from marts.funnel_stage_completeness;
    update marts.funnel_stage_completeness set completeness_rate = 2, people_count = 9;
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_warehouse(tmp_path_factory.mktemp("good") / "crm.duckdb")


@pytest.fixture(scope="module")
def good_outcomes(good: Path) -> tuple[Outcome, ...]:
    return check(good).outcomes


def names(outcomes: Iterable[Outcome], *statuses: str) -> set[tuple[str, str]]:
    return {
        (outcome.suite, outcome.name)
        for outcome in outcomes
        if not statuses or outcome.status in statuses
    }


def raw_schemas() -> list[tuple[str, str]]:
    return [
        ("raw_hubspot", "hubspot"),
        ("raw_open", "open"),
        ("raw_salesforce", "salesforce"),
    ]


def test_good_data_is_not_red(good_outcomes: tuple[Outcome, ...]) -> None:
    assert names(good_outcomes, "failed", "error", "skipped") == set()
    assert names(good_outcomes, "warned") == {
        ("marts.fct_rule_results", "no rule is over its tolerance"),
        ("raw_meta.loads", "no newest load refused more than one record in twenty"),
    }


def test_every_raw_table_has_a_suite() -> None:
    sources = {kind: kind for _, kind in raw_schemas()}
    suites = {suite.name for suite in find_suites(sources)}
    declared = {
        f"{schema}.{table}"
        for schema, kind in raw_schemas()
        for table in read_contract(kind).tables
    }
    assert declared <= suites


def test_every_funnel_mart_has_a_suite() -> None:
    suites = {suite.name for suite in find_suites({})}
    marts = (PROJECT / "models" / "marts" / "funnel").glob("*.sql")
    assert {f"marts.{path.stem}" for path in marts} <= suites


def test_a_suite_runs_on_every_source_of_its_kind_and_on_no_other() -> None:
    schemas = {suite.schema for suite in find_suites({"pipedrive": "open", "zoho": "open"})}
    assert schemas == {"raw_pipedrive", "raw_zoho", "raw_meta", "marts"}


def test_names_within_a_suite_are_unique(good_outcomes: tuple[Outcome, ...]) -> None:
    assert len(names(good_outcomes)) == len(good_outcomes)


def test_every_expectation_can_fail(good: Path, tmp_path: Path) -> None:
    with_open = tmp_path / "defined" / "crm.duckdb"
    with_open.parent.mkdir()
    make_warehouse(with_open)
    execute(
        with_open,
        "insert into raw_meta.loads (load_id, source, method, finished_at, row_count, "
        "rejected_count, extracted_at) values ('o', 'open', 'open:files', "
        "timestamp '2026-07-01', 0, 0, timestamp '2026-06-30'), "
        "('s', 'salesforce', 'salesforce:files', "
        "timestamp '2026-07-01', 0, 0, timestamp '2026-06-30')",
    )
    suites = find_suites({kind: kind for _, kind in raw_schemas()})
    defined = {(suite.name, one.description) for suite in suites for one in suite.expectations}
    broken: set[tuple[str, str]] = set()
    # Each with the schemas that it breaks.
    for breaking, schemas in (
        (break_rows, ""),
        (break_types, "raw_"),
        (break_columns_and_empty, ""),
        (break_loads, "raw_meta"),
    ):
        corrupt = tmp_path / breaking.__name__ / "crm.duckdb"
        corrupt.parent.mkdir()
        corrupt.write_bytes(with_open.read_bytes())
        with contextlib.closing(duckdb.connect(str(corrupt))) as connection:
            breaking(connection)
        affected = [suite for suite in suites if suite.schema.startswith(schemas)]
        broken |= names(_run(affected, corrupt), "failed", "warned")
    assert defined - broken == set()


def break_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Twins without keys and of no load in every raw table, and nonsense everywhere else."""
    connection.execute(CORRUPTIONS)
    for schema, kind in raw_schemas():
        for table in read_contract(kind).tables.values():
            target = quoted(schema, table.name)
            connection.execute(f"insert into {target} (_load_id) values ('nobody'), ('nobody')")


def break_types(connection: duckdb.DuckDBPyConnection) -> None:
    """A column of another type in every raw table."""
    for schema, kind in raw_schemas():
        for table in read_contract(kind).tables.values():
            column = next(name for name in table.types() if name not in table.keys)
            target = quoted(schema, table.name)
            connection.execute(f"alter table {target} alter {quoted(column)} type uuid using null")


def break_columns_and_empty(connection: duckdb.DuckDBPyConnection) -> None:
    """A column gone from every raw table, and no rows where there must be some."""
    for schema, kind in raw_schemas():
        for table in read_contract(kind).tables.values():
            column = next(name for name in table.types() if name not in table.keys)
            connection.execute(f"alter table {quoted(schema, table.name)} drop {quoted(column)}")
    for (table_name,) in connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts'"
    ).fetchall():
        connection.execute(f"delete from marts.{quoted(table_name)}")


def break_loads(connection: duckdb.DuckDBPyConnection) -> None:
    """As if nothing had ever been loaded."""
    connection.execute("delete from raw_meta.loads")


def test_a_missing_mart_is_an_error_and_hides_no_other_suite(good: Path, tmp_path: Path) -> None:
    corrupt = tmp_path / "crm.duckdb"
    corrupt.write_bytes(good.read_bytes())
    execute(corrupt, "drop table marts.dim_people")
    outcomes = check(corrupt).outcomes
    assert ("marts.dim_people", "can be checked") in names(outcomes, "error")
    assert ("marts.fct_rule_results", "one row per rule") in names(outcomes, "passed")


def test_parts_cover_every_suite_once(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suites = [Suite("marts", name, ()) for name in ("a", "b", "c", "d", "e")]
    monkeypatch.setattr("scripts.check.find_suites", lambda sources: suites)
    monkeypatch.setattr(
        "scripts.check._run",
        lambda some, warehouse: (Outcome(suite.name, "has rows", "passed") for suite in some),
    )
    run = together([check(good, part, 3) for part in (2, 0, 1)])
    assert [outcome.suite for outcome in run.outcomes] == [suite.name for suite in suites]
    assert run.outcomes == check(good).outcomes


def test_an_exception_inside_an_expectation_is_an_error(good: Path) -> None:
    # The import takes seconds: not for every worker that collects this file.
    import great_expectations.expectations as gxe

    expectation = gxe.ExpectColumnValuesToNotBeNull(column="no_such", description="is there")
    (outcome,) = _run([Suite("marts", "dim_people", (expectation,))], good)
    assert outcome.status == "error"
    assert outcome.message


def test_the_file_is_free_after_a_check(good: Path, good_outcomes: tuple[Outcome, ...]) -> None:
    with contextlib.closing(duckdb.connect(str(good))) as connection:
        connection.execute("create or replace table raw_meta.free as select 1 as free")
        connection.execute("drop table raw_meta.free")


def test_exit_code_2_where_there_is_no_warehouse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--warehouse", str(tmp_path / "absent.duckdb")]) == 2
    assert "no warehouse at" in capsys.readouterr().err
