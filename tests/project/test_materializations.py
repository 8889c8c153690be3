"""Tables and views are replaced in one statement, whatever stood there, or stay as they were."""

import shutil
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]
PROJECT_FILE = """
name: small
version: 0.1.0
config-version: 2
profile: small
"""
PROFILE = """
small:
  target: default
  outputs:
    default: {type: duckdb, path: "{folder}/small.duckdb", threads: 1}
"""
PROPERTIES = """
models:
  - name: first
    config: {persist_docs: &kept_in_the_file {relation: true, columns: true}}
    description: The first.
    columns: [{name: told, description: What was told.}]
  - name: second
    config: {persist_docs: *kept_in_the_file}
    description: The second.
    columns: [{name: told, description: What was told.}]
  - name: kept
    config: {contract: {enforced: true}}
    columns:
      - {name: id, data_type: integer, constraints: [{type: not_null}]}
      - {name: told, data_type: varchar}
"""
KIND = "{{ config(materialized=var('%s')) }} "
MODELS = {
    "first": KIND % "first" + "select '{{ var('told') }}' as told",
    "second": KIND % "second" + "select '{{ var('told') }}' as told",
    # The contract's order of columns, not the query's; the second time it is broken.
    "kept": "{{ config(materialized='table') }} "
    "select '{{ var('told') }}' as told, cast({{ var('id') }} as integer) as id",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three models that takes its materializations from this one."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(PROJECT / "macros" / "materializations", folder / "macros")
    (folder / "models").mkdir()
    (folder / "dbt_project.yml").write_text(PROJECT_FILE)
    (folder / "profiles.yml").write_text(PROFILE.replace("{folder}", str(folder)))
    (folder / "models" / "models.yml").write_text(PROPERTIES)
    for name, sql in MODELS.items():
        (folder / "models" / f"{name}.sql").write_text(sql)
    return folder


def run(folder: Path, **variables: str) -> dict[str, str]:
    """`dbt run`; what it says of each model that failed."""
    # The imports take seconds: not for every worker that collects this file.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    places = ["--project-dir", str(folder), "--profiles-dir", str(folder)]
    told = ["--quiet", "--log-level-file", "none", "--vars", str(variables)]
    told += ["--no-send-anonymous-usage-stats"]
    try:
        ended = dbtRunner().invoke(["run", *places, *told])
    finally:
        DuckDBConnectionManager.close_all_connections()
    assert ended.exception is None
    return {one.node.name: one.message for one in ended.result if one.status != "success"}


def found(folder: Path) -> dict[str, tuple[str, list[tuple[object, ...]]]]:
    """Each relation with its kind and rows."""
    with duckdb.connect(str(folder / "small.duckdb"), read_only=True) as connection:
        relations = connection.execute(
            "select table_name, table_type from information_schema.tables"
        ).fetchall()
        return {
            name: (kind, connection.execute(f"select * from {name}").fetchall())
            for name, kind in relations
        }


def descriptions(folder: Path) -> set[tuple[str, str]]:
    """What the file itself says of relations and columns."""
    with duckdb.connect(str(folder / "small.duckdb"), read_only=True) as connection:
        return set(
            connection.execute(
                """
                select table_name, comment from duckdb_tables() where comment is not null
                union all
                select view_name, comment from duckdb_views() where comment is not null
                union all
                select table_name || '.' || column_name, comment from duckdb_columns()
                where comment is not null
                """
            ).fetchall()
        )


def test_what_stood_there_is_replaced_or_stays(small: Path) -> None:
    assert run(small, first="table", second="view", told="once", id="1") == {}
    kept = ("BASE TABLE", [(1, "once")])
    assert found(small) == {
        "first": ("BASE TABLE", [("once",)]),
        "second": ("VIEW", [("once",)]),
        "kept": kept,
    }
    described = {
        ("first", "The first."),
        ("first.told", "What was told."),
        ("second", "The second."),
        ("second.told", "What was told."),
    }
    assert descriptions(small) == described
    # Now each is of the other kind, and the contract of the third is broken.
    failed = run(small, first="view", second="table", told="again", id="null")
    assert failed.keys() == {"kept"}
    assert "NOT NULL constraint failed" in failed["kept"]
    assert found(small) == {
        "first": ("VIEW", [("again",)]),
        "second": ("BASE TABLE", [("again",)]),
        "kept": kept,
    }
    assert descriptions(small) == described
