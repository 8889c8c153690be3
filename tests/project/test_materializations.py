"""Tables and views are replaced in one statement, whatever stood there, or stay as they were."""

import os
import shutil
import subprocess
import sys
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
    default: {type: duckdb, path: small.duckdb, threads: 1}
"""
CONTRACT = """
models:
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
    (folder / "profiles.yml").write_text(PROFILE)
    (folder / "models" / "models.yml").write_text(CONTRACT)
    for name, sql in MODELS.items():
        (folder / "models" / f"{name}.sql").write_text(sql)
    return folder


def run(folder: Path, **variables: str) -> tuple[int, str]:
    """`dbt run`; the exit code and what it said."""
    runner = "from dbt.cli.main import cli; cli()"
    result = subprocess.run(
        [sys.executable, "-c", runner, "run", "--vars", str(variables)],
        cwd=folder,
        env=os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout


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


def test_what_stood_there_is_replaced_or_stays(small: Path) -> None:
    code, said = run(small, first="table", second="view", told="once", id="1")
    assert code == 0, said
    kept = ("BASE TABLE", [(1, "once")])
    assert found(small) == {
        "first": ("BASE TABLE", [("once",)]),
        "second": ("VIEW", [("once",)]),
        "kept": kept,
    }
    # Now each is of the other kind, and the contract of the third is broken.
    code, said = run(small, first="view", second="table", told="again", id="null")
    assert code == 1
    assert "NOT NULL constraint failed" in said
    assert found(small) == {
        "first": ("VIEW", [("again",)]),
        "second": ("BASE TABLE", [("again",)]),
        "kept": kept,
    }
