"""Write the reports: `python -m scripts.report [--warehouse FILE] [--fail-on MODE]`.

`reports/junit.xml`, `reports/summary.md` and `reports/index.html`; in GitHub Actions also the
step summary and annotations. Exit 0: fine. 1: a rule is over tolerance or a check failed. 2: it
could not run. `--fail-on enforce` lets only rules in mode `enforce` count, `never` none.
"""

import argparse
import contextlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from scripts.check import RESULTS
from scripts.outcomes import Outcome, read_check_run, read_dbt_run, run_id_of
from scripts.places import (
    TARGET,
    CannotRunError,
    name_for_people,
    reports_of,
    target_of,
    warehouse_in_force,
)
from scripts.remembered import last_build_of, last_run_of, settle
from scripts.reporting.facts import Facts, read_facts
from scripts.reporting.wording import plain
from scripts.running import command

GATES: Mapping[str, tuple[str, ...]] = {
    "warn": ("warn", "enforce"),
    "enforce": ("enforce",),
    "never": (),
}


def write_reports(
    facts: Facts, checks: Sequence[Outcome], folder: Path, gate: str = "warn"
) -> bool:
    """Write all three; returns whether nothing is over tolerance and no check failed."""
    with reports_in_waiting(facts, checks, folder, gate) as is_fine:
        return is_fine


@contextlib.contextmanager
def reports_in_waiting(
    facts: Facts, checks: Sequence[Outcome], folder: Path, gate: str = "warn"
) -> Iterator[bool]:
    """All three written beside their folder, and put in place when the block ends well.

    Yields whether nothing is over tolerance and no check failed.
    """
    # Drawing libraries take a second to import: only where pictures are drawn.
    from scripts.reporting.junit import read_by, tolerance_outcomes, write_junit
    from scripts.reporting.page import render_page, render_summary

    outcomes = [*checks, *tolerance_outcomes(facts.rules, GATES[gate])]
    summary = render_summary(facts, outcomes)
    with replaced_whole(folder) as new:
        write_junit(outcomes, new / "junit.xml", read_by(facts))
        (new / "summary.md").write_text(summary, encoding="utf-8")
        (new / "index.html").write_text(render_page(facts, outcomes), encoding="utf-8")
        yield not any(outcome.is_red for outcome in outcomes)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        _tell_github(summary, outcomes)


@contextlib.contextmanager
def replaced_whole(folder: Path) -> Iterator[Path]:
    """A folder beside, whose files replace those of `folder` when all of them are written."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        yield Path(beside)
        for file in sorted(Path(beside).iterdir()):
            file.replace(folder / file.name)


def _tell_github(summary: str, outcomes: Iterable[Outcome]) -> None:
    step_summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if step_summary:
        with Path(step_summary).open("a", encoding="utf-8") as file:
            file.write(summary)
    for outcome in outcomes:
        if outcome.is_red or outcome.status == "warned":
            print(annotation(outcome))


def annotation(outcome: Outcome) -> str:
    """One workflow command; CRM text cannot end it early or start another."""
    level = "error" if outcome.is_red else "warning"
    title = _escaped(f"{outcome.suite}: {outcome.name}").replace(":", "%3A").replace(",", "%2C")
    return f"::{level} title={title}::{_escaped(outcome.message or outcome.status)}"


def _escaped(text: str) -> str:
    return plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def read_checks(warehouse: Path) -> list[Outcome]:
    """What dbt and the expectations last said of a warehouse.

    Raises `CannotRunError` where they did not run on it since it was last built.
    """
    shown = name_for_people(warehouse)
    run = read_check_run(target_of(warehouse) / RESULTS)
    if not run.built_by or run.built_by != last_build_of(warehouse):
        raise CannotRunError(
            f"the last expectations were run on another build than that of {shown}:"
            " run python -m scripts.check first"
        )
    run_id = last_run_of(warehouse)
    # `make build` keeps the results of each warehouse apart; dbt by itself has one place for all.
    for folder in (target_of(warehouse), TARGET):
        results = folder / "run_results.json"
        if run_id_of(results) == run_id:
            return [*read_dbt_run(results), *run.outcomes]
    raise CannotRunError(f"dbt's results of the last build of {shown} are gone: run dbt build")


@command("report")
def main(arguments: Sequence[str] | None = None) -> int:
    """Read, write, say where."""
    parser = argparse.ArgumentParser(prog="python -m scripts.report", description=__doc__)
    parser.add_argument("--warehouse", type=Path, help="default: LIFECYCLE_WAREHOUSE")
    parser.add_argument("--fail-on", choices=GATES, default="warn", help="default: warn")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    warehouse = warehouse_in_force(options.warehouse)
    settle(warehouse)
    checks = read_checks(warehouse)
    facts = read_facts(warehouse)
    reports = reports_of(warehouse)
    is_fine = write_reports(facts, checks, reports, options.fail_on)
    over = ", ".join(rule["rule_code"] for rule in facts.over_tolerance) or "none"
    print(f"over tolerance: {over}; failed checks: {sum(check.is_red for check in checks)}")
    print(f"wrote {name_for_people(reports)}/index.html, summary.md and junit.xml")
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
