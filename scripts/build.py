"""From raw files to published reports: what `make build` runs.

A build works on a copy of the warehouse and puts it in place only when everything held, so
whoever reads the marts sees the last good build or the new one, never something between.
Exit 0: published. 1: a check failed, nothing published. 2: it could not run. Rules that the
business broke colour the reports and fail nothing here: `python -m scripts.report` judges them.
"""

import argparse
import contextlib
import io
import logging
import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import duckdb

from scripts import generate, load
from scripts.check import RESULTS, as_helper, check, together, warm_up
from scripts.demo.company import extracts
from scripts.fingerprint import fingerprint, is_unchanged, remember
from scripts.locks import locked
from scripts.outcomes import Outcome, run_id_of, write_check_run
from scripts.places import (
    DEMO_WAREHOUSE,
    OWN_WAREHOUSE,
    PROJECT,
    CannotRunError,
    name_for_people,
    reports_of,
    target_of,
)
from scripts.policy.faults import stop_on_faults
from scripts.remembered import POLICY, TIME_ZONE, Settings, settle
from scripts.remembered import remember as remember_in
from scripts.report import read_checks, reports_in_waiting, write_reports
from scripts.reporting.facts import read_facts
from scripts.reporting.notice import mark_outdated
from scripts.running import command, finish, in_one_sentence, stop_if_asked
from scripts.sightings import record_sightings
from scripts.summary import one_screen
from scripts.swap import Copy, drop, publish, working_copy
from scripts.transform import dbt_build
from scripts.warehouse import prepare_meta

DEMO_FILES = PROJECT / "demo"
# Enough for some colour in the report; far above it, the plants of one rule crowd out another's.
DEMO_BREACH_RATE = "0.08"
# Great Expectations is one thread of Python: a process for each core of a small machine.
CHECKERS = 2
# What the loader says of records and files that did not land and perhaps should have.
_REFUSED = ("rejected", "no table of this name", "its columns are those of")
_log = logging.getLogger(__name__)


class CheckFailedError(Exception):
    """A check of the project or of the data failed; the message says which."""


class Steps:
    """Says what is being done, and in the end how long each step took."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def __call__(self, name: str, doing: str) -> Iterator[None]:
        """Announce a step and take its time."""
        started = time.monotonic()
        _log.info("%s", doing)
        yield
        self._seconds[name] = time.monotonic() - started

    def __str__(self) -> str:
        parts = ", ".join(f"{name} {seconds:.0f}" for name, seconds in self._seconds.items())
        return f"built in {sum(self._seconds.values()):.0f} s ({parts})"


@dataclass(frozen=True)
class Wish:
    """What to build: where to publish it, what to land, and how thoroughly."""

    warehouse: Path
    loads: tuple[tuple[str, ...], ...]
    settings: Settings
    with_unit_tests: bool = False
    is_forced: bool = False


def build(wish: Wish, step: Steps) -> str:
    """Land, build what has changed, report, publish; returns the summary for the screen."""
    copy = working_copy(wish.warehouse)
    what = " and ".join(f"{source} from {folder}" for source, folder, *_ in wish.loads)
    with step("landing", f"landing {what}"):
        land(copy.working, wish.loads)
        remember_settings(copy.working, wish.settings)
        built_from = fingerprint(copy.working)
    is_needed = wish.with_unit_tests or wish.is_forced
    outcomes = None if is_needed else results_that_stand(wish.warehouse, built_from)
    if outcomes is not None:
        _log.info("nothing has changed since the last build: it stands (FORCE=1 builds anyway)")
        with step("reports", "writing the reports"):
            facts = read_facts(wish.warehouse)
            write_reports(facts, outcomes, reports_of(wish.warehouse))
        drop(copy)
        return one_screen(facts, outcomes)
    outcomes = transform_and_check(copy, wish.with_unit_tests, step)
    record_sightings(copy.working)
    with step("reports", "writing the reports"):
        facts = replace(read_facts(copy.working), warehouse=name_for_people(wish.warehouse))
        # Written before the swap and put in place after it: a disk that is full then is full of
        # the new version, and a build that ends well has published both.
        with reports_in_waiting(facts, outcomes, reports_of(wish.warehouse)):
            finish()
            publish(copy, run_id_of(target_of(wish.warehouse) / "run_results.json"))
    # A build that would repeat this one is only slower without the note.
    with contextlib.suppress(OSError):
        remember(wish.warehouse, built_from)
    drop(copy)
    return one_screen(facts, outcomes)


def results_that_stand(warehouse: Path, built_from: str) -> list[Outcome] | None:
    """What the checks said of a published build that another would only repeat, else None."""
    if not is_unchanged(warehouse, built_from):
        return None
    try:
        outcomes = read_checks(warehouse)
    except CannotRunError:
        return None
    return None if any(outcome.is_red for outcome in outcomes) else outcomes


def transform_and_check(copy: Copy, with_unit_tests: bool, step: Steps) -> list[Outcome]:
    """Run dbt and the expectations; raises `CheckFailedError` where one of them is red."""
    # Processes of their own get ready while dbt works, and let go of the file when they end.
    with ProcessPoolExecutor(
        max_workers=CHECKERS,
        mp_context=get_context("spawn"),
        initializer=as_helper,
    ) as checkers:
        for _ in range(CHECKERS):
            checkers.submit(warm_up)
        with step("dbt", "running dbt: seeds, models, tests"):
            outcomes = dbt_build(copy.working, with_unit_tests, target_of(copy.published))
            stop_on_red(outcomes, copy)
        with step("expectations", "checking the expectations"):
            runs = [checkers.submit(check, copy.working, n, CHECKERS) for n in range(CHECKERS)]
            run = together([run.result() for run in runs])
            write_check_run(run, target_of(copy.published) / RESULTS)
            outcomes += run.outcomes
            stop_on_red(outcomes, copy)
    return outcomes


def land(working: Path, loads: Sequence[Sequence[str]]) -> None:
    """Load into the working copy; the demo starts anew where its files have changed."""
    for arguments in loads:
        if _quietly(load.main, [*arguments, "--warehouse", str(working)]) != 0:
            raise CannotRunError("the load was refused, see above; nothing was changed")
    if working.name == DEMO_WAREHOUSE.name and _has_older_loads(working, len(loads)):
        working.unlink()
        for arguments in loads:
            if _quietly(load.main, [*arguments, "--warehouse", str(working)]) != 0:
                raise CannotRunError("the demo could not be loaded, see above")


def remember_settings(working: Path, settings: Settings) -> None:
    """What it is built by is remembered in the copy, so that both are published or neither is."""
    with contextlib.closing(duckdb.connect(str(working))) as connection:
        connection.execute("begin")
        prepare_meta(connection)
        remember_in(connection, {POLICY: settings.policy, TIME_ZONE: settings.time_zone})
        connection.execute("commit")


def _quietly(command: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """Run a command of ours for its exit code; keep of its words only what was refused.

    The indented lines are the loader's first rejects.
    """
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = command(arguments)
    for line in said.getvalue().splitlines():
        if line.startswith("  ") or any(words in line for words in _REFUSED):
            _log.info("  %s", line)
    return code


def _has_older_loads(warehouse: Path, load_count: int) -> bool:
    query = "select count(*) > $load_count from raw_meta.loads"
    with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        row = connection.execute(query, {"load_count": load_count}).fetchone()
    return bool(row and row[0])


def stop_on_red(outcomes: Sequence[Outcome], copy: Copy) -> None:
    """Raise `CheckFailedError`, and leave a JUnit file for CI, where a check is red."""
    red = [outcome for outcome in outcomes if outcome.is_red]
    if not red:
        return
    from scripts.reporting.junit import write_junit

    reports = reports_of(copy.published)
    reports.mkdir(parents=True, exist_ok=True)
    write_junit(outcomes, reports / "junit.xml")
    for outcome in red[:20]:
        _log.error("  %s %s: %s", outcome.status, outcome.name, " ".join(outcome.message.split()))
    raise CheckFailedError(
        f"{len(red)} of {len(outcomes)} checks failed, so nothing was published; what was built"
        f" can be looked into at {name_for_people(copy.working)}."
    )


def load_arguments(
    source: str, data: str, name: str, schema: str = "", more: str = ""
) -> list[str]:
    """The loader's arguments for own data; raises `CannotRunError` where they make no sense."""
    try:
        options = shlex.split(more)
    except ValueError as error:
        raise CannotRunError(f"LOAD={more} cannot be read as options ({error})") from None
    if source and schema and not data:
        return [source, f"--schema={schema}", *options]
    if not source or not data or schema:
        raise CannotRunError(
            "own data need both: make build SOURCE=hubspot DATA=folder"
            " (or SCHEMA=name, of a schema in the warehouse)"
        )
    if not Path(data).is_dir():
        raise CannotRunError(f"no folder at {data}")
    return [source, data, *(["--name", name] if name else []), *options]


def hint_arguments(options: argparse.Namespace) -> list[str]:
    """What the loader is told of the files, where anything is."""
    told = {
        "--dates": options.dates,
        "--decimal": options.decimal,
        "--max-rejects": options.max_rejects,
    }
    return [f"{option}={value}" for option, value in told.items() if value]


@command("build")
def main(arguments: Sequence[str] | None = None) -> int:
    """Build the demo, or own data where a source and a folder are named."""
    parser = argparse.ArgumentParser(prog="python -m scripts.build", description=__doc__)
    parser.add_argument(
        "--source", default="", help="hubspot, salesforce or open; without it, the demo"
    )
    parser.add_argument("--data", default="", help="the folder with the source's files")
    parser.add_argument("--schema", default="", help="instead: the schema a connector fills")
    parser.add_argument("--name", default="", help="what to call an open-format source")
    parser.add_argument(
        "--load", default="", help="options of the loader, such as --load='--language de'"
    )
    parser.add_argument("--dates", default="", help="how the files write days: dmy or mdy")
    parser.add_argument("--decimal", default="", help="what parts decimals: comma or point")
    parser.add_argument("--max-rejects", default="", help="percent of a table, see scripts.load")
    parser.add_argument("--unit-tests", action="store_true", help="run dbt's unit tests too")
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    step = Steps()
    is_own = bool(options.source or options.data or options.name or options.schema)
    warehouse = OWN_WAREHOUSE if is_own else DEMO_WAREHOUSE
    with locked(warehouse, "a build"):
        try:
            settings = settle(warehouse, is_demo=not is_own)
            stop_on_faults(settings.policy)
            loads = loads_wished(options) if is_own else demo_loads(step)
            summary = build(
                Wish(warehouse, loads, settings, options.unit_tests, options.force), step
            )
        except (CheckFailedError, CannotRunError, OSError, duckdb.Error) as error:
            # Nothing failed where somebody stopped it.
            stop_if_asked()
            is_red = isinstance(error, CheckFailedError)
            said = " ".join(str(error).split()) if is_red else in_one_sentence(error)
            mark_outdated(reports_of(warehouse), said)
            print(f"build failed: {said}", file=sys.stderr)
            return 1 if is_red else 2
    _log.info("%s", step)
    print(f"\n{summary}")
    return 0


def loads_wished(options: argparse.Namespace) -> tuple[tuple[str, ...], ...]:
    """The one load of own data that is asked for."""
    own = (options.source, options.data, options.name, options.schema, options.load)
    return ((*load_arguments(*own), *hint_arguments(options)),)


def demo_loads(step: Steps) -> tuple[tuple[str, ...], ...]:
    """Make the demo's files; returns a load for each of its CRMs."""
    with step("demo", "making the demo CRM"):
        if _quietly(generate.main, [str(DEMO_FILES), "--breaches", DEMO_BREACH_RATE]) != 0:
            raise CannotRunError("the demo CRM could not be made, see above")
    as_of = datetime.fromisoformat(generate.DEFAULT_AS_OF)
    return tuple(
        (crm, str(folder), "--as-of", moment.isoformat())
        for crm, folder, moment in extracts(DEMO_FILES, as_of)
    )


if __name__ == "__main__":
    sys.exit(main())
