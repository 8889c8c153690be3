"""`junit.xml`: every check as a test case, for whatever reads JUnit.

What failed has a body: the first records at fault with their links, and the SQL that finds all.
A warning, amber among them, is a test that passed and says something in its `system-out`: readers
count `skipped` as not run. Skipped is only what could not be judged.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from scripts.outcomes import Outcome, Status
from scripts.reporting.facts import Facts, Row
from scripts.reporting.records import first_violations, with_query
from scripts.reporting.wording import not_judged_reason, plain, rate, since_last_run, sources, words

TOLERANCES = "tolerances"
_RESULTS = {"failed": Failure, "error": Error, "skipped": Skipped}


def tolerance_outcomes(rules: Iterable[Row], gating_modes: Sequence[str]) -> list[Outcome]:
    """One outcome per rule: over tolerance fails where its mode gates, else it warns."""
    return [
        Outcome(
            TOLERANCES,
            f"{rule['rule_code']} {rule['title']}",
            *_tolerance(rule, gating_modes),
            detail=_violations(rule) if rule["status"] in ("red", "amber") else "",
        )
        for rule in rules
    ]


def _violations(rule: Row) -> str:
    """The newest open violations of a rule, and where they all are."""
    query = (
        "select * from marts.fct_rule_violations\n"
        f"where rule_code = '{rule['rule_code']}' and is_leading\norder by occurred_at desc"
    )
    lines = first_violations(rule["first_violations"], rule["leading_count"])
    return with_query([*lines, *since_last_run(rule)], query)


def _tolerance(rule: Row, gating_modes: Sequence[str]) -> tuple[Status, str]:
    state = rule["status"]
    if state == "not_judged":
        reason = not_judged_reason(rule["main_not_judged_reason"])
        has_tolerance = rule["mode"] in ("warn", "enforce")
        return "skipped", (
            f"too few judged in the last weeks for a verdict; mainly: {reason}"
            if has_tolerance
            else f"mode {rule['mode']}: shown, without a tolerance"
        )
    bound = rule["red_rate"] if state == "red" else rule["amber_rate"]
    message = (
        f"{rate(rule['budget_rate'])} of the last judged are broken"
        f" ({rule['budget_broken_count']} of {rule['budget_judged_count']}),"
        f" {state} above {rate(bound)}; owner: {words(rule['owner_team'])}. {rule['remedy']}"
    )
    if state == "red":
        return ("failed" if rule["mode"] in gating_modes else "warned"), message
    return ("warned", message) if state == "amber" else ("passed", "")


def read_by(facts: Facts) -> dict[str, str]:
    """What the numbers were read by: the properties of every suite."""
    return {
        "policy": facts.policy,
        "time_zone": facts.time_zone,
        "as_of": f"{facts.as_of.isoformat()}Z",
        "sources": sources(facts),
        "warehouse": facts.warehouse,
    }


def write_junit(
    outcomes: Iterable[Outcome], path: Path, read_by: Mapping[str, str] | None = None
) -> None:
    """Write all outcomes, one JUnit suite per suite of theirs.

    `read_by` (policy, time zone, sources, warehouse) stands as properties on each of them.
    """
    document = JUnitXml("crm-lifecycle")
    ordered = sorted(outcomes, key=lambda outcome: (outcome.suite, outcome.name))
    for name, members in groupby(ordered, key=lambda outcome: outcome.suite):
        suite = TestSuite(plain(name))
        for key, value in (read_by or {}).items():
            suite.add_property(key, plain(value))
        cases = []
        for outcome in members:
            case = TestCase(plain(outcome.name), classname=plain(name), time=outcome.seconds)
            if outcome.status in _RESULTS:
                result = _RESULTS[outcome.status](plain(outcome.message))
                if outcome.detail:
                    result.text = plain(outcome.detail)
                case.result = [result]
            elif outcome.status == "warned":
                case.system_out = plain(f"warning: {outcome.message}\n{outcome.detail}".strip())
            cases.append(case)
        # One by one, the suite would count all that it holds for each of them.
        suite.add_testcases(cases)
        document.add_testsuite(suite)
    document.update_statistics()
    document.write(str(path), pretty=True)
