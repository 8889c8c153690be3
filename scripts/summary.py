"""The last screen of a build: stages, headline numbers, rules broken, where the pages are."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.outcomes import Outcome
from scripts.reporting import wording
from scripts.reporting.facts import Facts

# The screen is for the most used ones; the page and the mart have them all.
UNMAPPED_SHOWN = 5


def one_screen(facts: Facts, checks: Sequence[Outcome]) -> str:
    """The summary as text, at most 100 columns wide."""
    return "\n".join(_lines(facts, checks))


def _lines(facts: Facts, checks: Sequence[Outcome]) -> Iterator[str]:
    kind = "DEMO DATA" if facts.is_demo else "your data"
    yield f"CRM lifecycle · {kind} · as of {wording.moment(facts.as_of, facts.time_zone)}"
    yield f"  {wording.settings(facts)}"
    yield f"  {wording.sources(facts)}"
    for row in facts.empty_roles:
        yield from textwrap.wrap(
            wording.empty_role(row), 98, initial_indent="  ! ", subsequent_indent="    "
        )
    yield ""
    yield from _unmapped(facts)
    yield f"  {'stage':28}{'reached':>9}{'now':>9}{'median days':>13}{'on within 90 days':>20}"
    for stage in facts.stages:
        yield (
            f"  {shortened(stage['label'], 27):28}{wording.number(stage['reached_count']):>9}"
            f"{wording.number(stage['people_count']):>9}"
            f"{wording.days(stage['completed_days_median']):>13}"
            f"{wording.rate(stage['conversion_rate']):>20}"
        )
    yield ""
    yield "  on within 90 days: people, from their first entry; below, MQL acceptance: handoffs"
    yield ""
    for headline in facts.headlines:
        yield f"  {headline.title:22}{wording.rate(headline.rate):>8}  {headline.said}"
    yield ""
    broken = [rule for rule in facts.rules if rule["broken_count"]]
    yield f"  {len(broken)} of {len(facts.rules)} rules have violations, {_over(facts)}"
    for line in wording.since_last_run(facts.changes):
        yield f"  {line}"
    for rule in broken:
        yield (
            f"  {wording.status(rule):14}{rule['rule_code']}  {shortened(rule['title'], 45):46}"
            f"{rule['broken_count']:>7,} of {rule['judged_count']:>7,}"
            f"{wording.rate(rule['broken_rate']):>9}"
        )
    yield ""
    red = sum(outcome.is_red for outcome in checks)
    warned = sum(outcome.status == "warned" for outcome in checks)
    yield f"  {len(checks):,} checks of the data, {red} red, {warned} with a warning"
    for load in facts.rejecting:
        said = wording.rejected(load)
        yield f"  {said}: file, line and reason in raw_meta.rejects"
    page = f"reports/{Path(facts.warehouse).stem}/index.html"
    yield f"  page: {page} · for CI: junit.xml, summary.md there"
    yield f"  marts for BI and SQL: {facts.warehouse}, schema marts"


def _unmapped(facts: Facts) -> Iterator[str]:
    """The first thing to read: values that are not mapped, and the row that maps them."""
    if not facts.unmapped:
        return
    count = len(facts.unmapped)
    yield f"  {count} value{' is' if count == 1 else 's are'} not mapped by the policy yet:"
    for row in facts.unmapped[:UNMAPPED_SHOWN]:
        where = f"seeds/{facts.policy}/{row['seed']}.csv"
        yield (
            f"  {shortened(row['concept'], 18):19}{shortened(row['source_value'], 36):37}"
            f"{wording.holders(row['record_count'], row['concept']):>15}{_today(row)}"
        )
        if row["suggested_row"] is not None:
            yield f"    {where}: {wording.plain(row['suggested_row'])}"
    if count > UNMAPPED_SHOWN:
        yield f"    {count - UNMAPPED_SHOWN} more in marts.fct_unmapped_values and on the page"
    yield ""


def _today(row: Mapping[str, Any]) -> str:
    """Of how many it is the value now; kinds of change and of activity are nobody's."""
    is_held = row["concept"] not in ("change_source", "activity_type")
    return f", {row['current_record_count']:,} today" if is_held else ""


def shortened(text: str, length: int) -> str:
    """Text that fits, with a sign that something is missing."""
    clean = wording.plain(text)
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def _over(facts: Facts) -> str:
    count = len(facts.over_tolerance)
    return "none over its tolerance" if not count else f"{count} over tolerance"
