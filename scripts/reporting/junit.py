"""`reports/junit.xml`: every check as a test case, for whatever reads JUnit."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from scripts.outcomes import Outcome, Status
from scripts.reporting.facts import Row
from scripts.reporting.wording import not_judged_reason, plain, rate, words

_RESULTS = {"failed": Failure, "error": Error, "warned": Skipped, "skipped": Skipped}


def budget_outcomes(rules: Iterable[Row], gating_modes: Sequence[str]) -> list[Outcome]:
    """One outcome per rule: over budget fails where its mode gates, else it warns."""
    return [
        Outcome("budgets", f"{rule['rule_code']} {rule['title']}", *_budget(rule, gating_modes))
        for rule in rules
    ]


def _budget(rule: Row, gating_modes: Sequence[str]) -> tuple[Status, str]:
    state = rule["status"]
    if state == "not_judged":
        reason = not_judged_reason(rule["main_not_judged_reason"])
        has_budget = rule["mode"] in ("warn", "enforce")
        return "skipped", (
            f"too few judged in the last weeks for a verdict; mainly: {reason}"
            if has_budget
            else f"mode {rule['mode']}: shown, without a budget"
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


def write_junit(outcomes: Iterable[Outcome], path: Path) -> None:
    """Write all outcomes, one JUnit suite per suite of theirs."""
    document = JUnitXml("crm-lifecycle")
    ordered = sorted(outcomes, key=lambda outcome: (outcome.suite, outcome.name))
    for name, members in groupby(ordered, key=lambda outcome: outcome.suite):
        suite = TestSuite(plain(name))
        cases = []
        for outcome in members:
            case = TestCase(plain(outcome.name), classname=plain(name), time=outcome.seconds)
            if outcome.status in _RESULTS:
                case.result = [_RESULTS[outcome.status](plain(outcome.message))]
            cases.append(case)
        # One by one, the suite would count all that it holds for each of them.
        suite.add_testcases(cases)
        document.add_testsuite(suite)
    document.update_statistics()
    document.write(str(path), pretty=True)
