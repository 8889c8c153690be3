"""Run the expectations on a warehouse: `python -m scripts.check [--warehouse FILE]`.

The suites are the modules of `scripts/expectations/<schema>/<table>.py`; the runner knows no
table by name. Exit 0: all hold. 1: one does not. 2: it could not run. Warnings (severity
`warning`: tolerances, lateness) never turn it red.
"""

import argparse
import contextlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from operator import attrgetter
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import duckdb

from scripts import expectations
from scripts.outcomes import CheckRun, Outcome, Status, write_check_run
from scripts.places import CannotRunError, name_for_people, target_of, warehouse_in_force
from scripts.remembered import last_build_of, settle
from scripts.reporting.records import first_records, with_query
from scripts.running import command, stop_if_asked

RESULTS = "expectations.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Suite:
    """One list of expectations and the table it is about."""

    schema: str
    table: str
    expectations: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The table as SQL names it."""
        return f"{self.schema}.{self.table}"


def find_suites(sources: dict[str, str], package: Any = expectations) -> tuple[Suite, ...]:
    """Every suite to run, given the loaded sources as {source_system: source_kind}."""
    suites = []
    for folder in iter_modules(package.__path__, f"{package.__name__}."):
        if not folder.ispkg:
            continue
        room = import_module(folder.name)
        for module in iter_modules(room.__path__):
            found = tuple(import_module(f"{folder.name}.{module.name}").EXPECTATIONS)
            for schema in _schemas(folder.name.rpartition(".")[2], sources):
                suites.append(Suite(schema, module.name, found))
    return tuple(suites)


def _schemas(room: str, sources: dict[str, str]) -> list[str]:
    kind = room.removeprefix("raw_")
    if room in ("raw_meta", "marts"):
        return [room]
    return [f"raw_{system}" for system, its_kind in sorted(sources.items()) if its_kind == kind]


def loaded_sources(warehouse: Path) -> dict[str, str]:
    """The sources that have loaded anything, as {source_system: source_kind}."""
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            rows = connection.execute("""
                select distinct source, split_part(method, ':', 1) from raw_meta.loads
                where finished_at is not null
            """).fetchall()
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        raise CannotRunError(f"cannot read {name_for_people(warehouse)}: {first_line}") from None
    return dict(rows)


def warm_up() -> None:
    """Import Great Expectations, which takes seconds; a build does it while dbt runs."""
    import_module("great_expectations.expectations")


def as_helper() -> None:
    """Begin as a process of a build's: Ctrl-C is the build's to answer, and its end is ours too.

    Nothing else would end us where the build is killed: we would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    build = parent_process()
    if build is not None:
        threading.Thread(target=_end_after, args=(build,), daemon=True).start()


def _end_after(build: BaseProcess) -> None:
    build.join()
    os._exit(1)


def check(warehouse: Path, part: int = 0, parts: int = 1) -> CheckRun:
    """Run every suite, or of every `parts` of them one, counted from `part`.

    Raises `CannotRunError` where the warehouse cannot be read.
    """
    suites = find_suites(loaded_sources(warehouse))[part::parts]
    ran_at = datetime.now(UTC).replace(microsecond=0)
    outcomes = tuple(_run(suites, warehouse))
    return CheckRun(str(warehouse.resolve()), ran_at, outcomes, last_build_of(warehouse))


def together(runs: Sequence[CheckRun]) -> CheckRun:
    """The runs of all parts as one, by the names of the suites."""
    outcomes = sorted(chain.from_iterable(run.outcomes for run in runs), key=attrgetter("suite"))
    return replace(runs[0], outcomes=tuple(outcomes))


def _run(suites: Sequence[Suite], warehouse: Path) -> Iterator[Outcome]:
    # Importing Great Expectations takes seconds: only here, and once a process.
    from scripts import duckdb_dialect

    duckdb_dialect.register()
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_sql(
        "warehouse",
        connection_string=f"duckdb:///{warehouse.resolve()}",
        create_temp_table=False,
        kwargs={"connect_args": {"read_only": True}},
    )
    try:
        for suite in suites:
            stop_if_asked()
            yield from _run_suite(gx, source, suite)
    finally:
        duckdb_dialect.close_all()


def _run_suite(gx: Any, source: Any, suite: Suite) -> Iterator[Outcome]:
    started = time.monotonic()
    try:
        asset = source.add_table_asset(suite.name, table_name=suite.table, schema_name=suite.schema)
        batch = asset.get_batch(asset.build_batch_request())
        loaded = gx.ExpectationSuite(name=suite.name)
        for expectation in suite.expectations:
            # A copy: one list may serve several schemas, and a suite keeps what it is given.
            loaded.add_expectation(expectation.copy(update={"id": None}))
        results = batch.validate(loaded).results
    except Exception as error:  # a missing table must not hide the other suites
        yield Outcome(suite.name, "can be checked", "error", _first_line(error))
        return
    seconds = (time.monotonic() - started) / max(1, len(suite.expectations))
    # An expectation class that was not imported is silently dropped from its suite.
    if len(results) != len(suite.expectations):
        message = f"{len(results)} of {len(suite.expectations)} expectations were run"
        yield Outcome(suite.name, "runs every expectation", "error", message)
    for result in results:
        yield _outcome(suite, result, seconds)


def _outcome(suite: Suite, result: Any, seconds: float) -> Outcome:
    configuration = result.expectation_config
    name = configuration.description or " ".join(
        [configuration.type, str(configuration.kwargs.get("column", ""))]
    )
    exceptions = _exceptions(result.exception_info)
    status: Status = "passed"
    message = ""
    if exceptions:
        status, message = "error", exceptions[0]
    elif not result.success:
        is_warning = str(getattr(configuration.severity, "value", "")) == "warning"
        status, message = "warned" if is_warning else "failed", _finding(result.result)
    detail = "" if status == "passed" else _detail(suite, configuration, result.result)
    return Outcome(suite.name, name.strip(), status, message, seconds, detail)


def _exceptions(information: dict[str, Any]) -> list[str]:
    """Exceptions do not raise in Great Expectations: they stand in each result."""
    if "raised_exception" in information:
        information = {"only": information}
    return [
        _first_line(entry.get("exception_message") or "unknown exception")
        for entry in information.values()
        if isinstance(entry, dict) and entry.get("raised_exception")
    ]


def _finding(result: dict[str, Any]) -> str:
    """What was seen, with an example or two; never a whole list of CRM values."""
    seen = result.get("unexpected_count", result.get("observed_value"))
    examples = result.get("partial_unexpected_list") or (result.get("details") or {}).get(
        "unexpected_rows", []
    )
    shown = "; ".join(str(example) for example in examples[:3])
    return f"unexpected: {seen}" + (f", such as {shown}" if shown else "")


def _detail(suite: Suite, configuration: Any, result: dict[str, Any]) -> str:
    """The first records at fault, and what finds them all."""
    table = f"{suite.schema}.{suite.table}"
    query = configuration.kwargs.get("unexpected_rows_query")
    if query:
        rows = (result.get("details") or {}).get("unexpected_rows", [])
        return with_query(first_records(rows), str(query).replace("{batch}", table))
    return f"{configuration.type} on {table}"


def _first_line(error: object) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


@command("check")
def main(arguments: Sequence[str] | None = None) -> int:
    """Check, write `target/<warehouse>/expectations.json`, print what does not hold."""
    parser = argparse.ArgumentParser(prog="python -m scripts.check", description=__doc__)
    parser.add_argument("--warehouse", type=Path, help="default: LIFECYCLE_WAREHOUSE")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    warehouse = warehouse_in_force(options.warehouse)
    settle(warehouse)
    run = check(warehouse)
    write_check_run(run, target_of(warehouse) / RESULTS)
    for outcome in run.outcomes:
        if outcome.status != "passed":
            print(f"{outcome.status:8}{outcome.suite}: {outcome.name} ({outcome.message})")
    red = sum(outcome.is_red for outcome in run.outcomes)
    print(f"{len(run.outcomes)} expectations, {red} do not hold")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
