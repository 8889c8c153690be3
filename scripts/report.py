"""Write the reports: `python -m scripts.report [--warehouse FILE] [--fail-on MODE]`.

`reports/junit.xml`, `reports/summary.md` and `reports/index.html`; in GitHub Actions also the
step summary and annotations. Exit 0: fine. 1: a rule is over tolerance or a check failed. 2: it
could not run. `--fail-on enforce` lets only rules in mode `enforce` count, `never` none.
"""

import argparse
import logging
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scripts.outcomes import Outcome, read_check_run, read_dbt_run
from scripts.places import REPORTS, TARGET, CannotRunError, name_for_people, warehouse_in_force
from scripts.remembered import settle
from scripts.reporting.facts import Facts, read_facts
from scripts.reporting.wording import plain

GATES: Mapping[str, tuple[str, ...]] = {
    "warn": ("warn", "enforce"),
    "enforce": ("enforce",),
    "never": (),
}


def write_reports(
    facts: Facts, checks: Sequence[Outcome], folder: Path, gate: str = "warn"
) -> bool:
    """Write all three; returns whether nothing is over tolerance and no check failed."""
    # Drawing libraries take a second to import: only where pictures are drawn.
    from scripts.reporting.junit import read_by, tolerance_outcomes, write_junit
    from scripts.reporting.page import render_page, render_summary

    outcomes = [*checks, *tolerance_outcomes(facts.rules, GATES[gate])]
    folder.mkdir(parents=True, exist_ok=True)
    write_junit(outcomes, folder / "junit.xml", read_by(facts))
    summary = render_summary(facts, outcomes)
    (folder / "summary.md").write_text(summary, encoding="utf-8")
    (folder / "index.html").write_text(render_page(facts, outcomes), encoding="utf-8")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        _tell_github(summary, outcomes)
    return not any(outcome.is_red for outcome in outcomes)


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


def read_checks(target: Path, warehouse: Path) -> list[Outcome]:
    """What dbt and the expectations last said; raises `CannotRunError` where they did not run."""
    run = read_check_run(target / "expectations.json")
    # A build checks a copy in another folder before it is put in place: the name tells them apart.
    if Path(run.warehouse).name != warehouse.name:
        raise CannotRunError(
            f"the last expectations were run on {Path(run.warehouse).name}, not on"
            f" {name_for_people(warehouse)}: run python -m scripts.check first"
        )
    return [*read_dbt_run(target / "run_results.json"), *run.outcomes]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, write, say where."""
    parser = argparse.ArgumentParser(prog="python -m scripts.report", description=__doc__)
    parser.add_argument("--warehouse", type=Path, help="default: LIFECYCLE_WAREHOUSE")
    parser.add_argument("--fail-on", choices=GATES, default="warn", help="default: warn")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        warehouse = warehouse_in_force(options.warehouse)
        settle(warehouse)
        checks = read_checks(TARGET, warehouse)
        facts = read_facts(warehouse)
    except CannotRunError as error:
        print(error, file=sys.stderr)
        return 2
    is_fine = write_reports(facts, checks, REPORTS, options.fail_on)
    over = ", ".join(rule["rule_code"] for rule in facts.over_tolerance) or "none"
    print(f"over tolerance: {over}; failed checks: {sum(check.is_red for check in checks)}")
    print(f"wrote {name_for_people(REPORTS)}/index.html, summary.md and junit.xml")
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
