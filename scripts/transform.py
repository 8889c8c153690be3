"""Run dbt in this process, once, and let go of the file afterwards."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from scripts.explain import explained
from scripts.outcomes import Outcome, read_dbt_run
from scripts.places import PROJECT, CannotRunError, policy_in_force
from scripts.running import stop_if_asked


def dbt_build(warehouse: Path, with_unit_tests: bool, target: Path) -> list[Outcome]:
    """`dbt build` of everything on a warehouse; returns what its tests said.

    `target` is where dbt leaves its results.

    Raises `CannotRunError` where dbt does not get as far as running anything.
    """
    os.environ["LIFECYCLE_WAREHOUSE"] = str(warehouse)
    # Set and empty, it would be all policies to dbt.
    os.environ["LIFECYCLE_POLICY"] = policy_in_force()
    # The imports take seconds and read the environment.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    # dbt makes millions of small objects that live as long as it runs: to look through them for
    # garbage again and again costs a sixth of its time.
    gc.set_threshold(200_000, 50, 1000)
    run_results = target / "run_results.json"
    run_results.unlink(missing_ok=True)
    arguments = ["build", "--quiet", "--no-use-colors", "--project-dir", str(PROJECT)]
    # Its log in a file costs a tenth of its time; what failed is in its results, with the SQL.
    arguments += ["--profiles-dir", str(PROJECT), "--log-level-file", "none"]
    arguments += ["--target-path", str(target)]
    if with_unit_tests:
        arguments += ["--selector", "everything"]
    watched = _Progress()
    try:
        result = dbtRunner(callbacks=[watched.on_event]).invoke(arguments)
    finally:
        watched.close()
        # dbt keeps the file locked for as long as the process lives.
        DuckDBConnectionManager.close_all_connections()
    stop_if_asked()
    if not run_results.is_file():
        lines = str(result.exception or "dbt stopped").strip().splitlines()
        raise CannotRunError(f"dbt could not run: {' '.join(lines[:3])}")
    return list(explained(read_dbt_run(run_results), run_results, warehouse))


class _Progress:
    """A bar on the terminal while somebody watches; nothing otherwise."""

    def __init__(self) -> None:
        self._bar: Any = None

    def on_event(self, event: Any) -> None:
        """Follow dbt's events: each node that starts says which of how many it is."""
        if event.info.name != "LogStartLine" or not sys.stderr.isatty():
            return
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(total=event.data.total, unit=" nodes", leave=False, file=sys.stderr)
        self._bar.update(event.data.index - self._bar.n)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.close()
