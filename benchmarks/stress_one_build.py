"""One build for `benchmarks/stress_builds.py`: all of `scripts.build` but dbt and the checks.

What dbt would do is done by statements that write a token into every mart, one commit each, with
pauses: so that a build takes seconds, can be stopped between any two tables, and its outcome can be
told from any other's. Locking, landing, copying, swapping and reporting are the real ones.

    python -m benchmarks.stress_one_build PLACE SOURCE FOLDER TOKEN
"""

import json
import random
import sys
import time
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from scripts import build, places
from scripts.outcomes import CheckRun, Outcome
from scripts.remembered import last_build_of


def pretended_dbt(working: Path, with_unit_tests: bool, target: Path) -> list[Outcome]:
    """Write the token into every mart, in as many commits; leave results as dbt does."""
    token = sys.argv[4]
    run_id = uuid4().hex
    with duckdb.connect(str(working)) as connection:
        tables = connection.execute(
            "select table_name from duckdb_columns() where schema_name = 'marts'"
            " and column_name = 'as_of' and table_name in (select table_name from duckdb_tables())"
            " order by table_name"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f"update marts.{table} set as_of = to_timestamp({token})::timestamp")
            time.sleep(random.uniform(0, 0.04))
        connection.execute(
            "insert into raw_meta.dbt_runs select coalesce(max(run_number), 0) + 1, $run_id,"
            " 'build', timestamp '2026-07-01' from raw_meta.dbt_runs",
            {"run_id": run_id},
        )
    target.mkdir(parents=True, exist_ok=True)
    results = {"metadata": {"invocation_id": run_id}, "results": []}
    (target / "run_results.json").write_text(json.dumps(results), encoding="utf-8")
    return [Outcome("dbt test", "a_truth", "passed")]


def pretended_check(working: Path, part: int, parts: int) -> CheckRun:
    """Nothing to say."""
    return CheckRun(str(working), datetime.now(UTC), (), last_build_of(working))


class SameProcess:
    """In place of the pool."""

    def __init__(self, **options: object) -> None:
        """Take what the pool takes."""

    def __enter__(self) -> "SameProcess":
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to close."""

    def submit(self, function: object, *arguments: object) -> object:
        future: Future[object] = Future()
        assert callable(function)
        future.set_result(function(*arguments))
        return future


if __name__ == "__main__":
    place = Path(sys.argv[1])
    pretended = {
        "OWN_WAREHOUSE": place / "warehouse" / "crm.duckdb",
        "dbt_build": pretended_dbt,
        "check": pretended_check,
        "warm_up": lambda: None,
        "ProcessPoolExecutor": SameProcess,
        "stop_on_faults": lambda policy: None,
    }
    for name, value in pretended.items():
        setattr(build, name, value)
    for name in ("reports", "target"):
        setattr(places, name.upper(), place / name)
    sys.exit(build.main(["--source", sys.argv[2], "--data", sys.argv[3], "--force"]))
