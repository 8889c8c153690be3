"""How the report says numbers, moments, verdicts and CRM text."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

NOTHING = "–"

# Why a rule left somebody unjudged, in words for the reader of the report.
REASONS = {
    "rule_not_enabled": "the policy has the rule switched off",
    "stage_not_in_policy": "the stage is off the funnel, or the policy asks nothing of it",
    "rule_not_in_force": "the rule was not in force at that time",
    "no_evidence_source": "no source lands what the rule needs to see",
    "source_stale": "the source's newest load is too old to argue from silence",
    "evidence_too_sparse": "too few of the cases that surely had this evidence show it",
    "start_unknown": "the stage began before the CRM's history does",
    "bulk_change": "an import or a mass change, which says nothing about one person",
    "subject_ended": "it ended before it could be judged: withdrawn, bypassed, cleared or deleted",
    "actor_unknown": "the CRM does not say who it was, or in which team",
    "evidence_undated": "only today's value is known, not the one at that moment",
    "not_due": "the day on which it is judged has not come yet",
    "excepted": "a known exception, with a reason and an end",
}
STATUS_MARKS = {
    "red": "▲ red",
    "amber": "◆ amber",
    "green": "● green",
    "not_judged": "○ not judged",
}

# XML 1.0 has no place for these, nor has a terminal or a log.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def plain(text: object) -> str:
    """Text without control characters."""
    return _CONTROL.sub("", str(text))


def number(value: Any) -> str:
    """1234 → 1,234; a dash for nothing."""
    return NOTHING if value is None else f"{value:,.0f}"


def rejected(load: Mapping[str, Any]) -> str:
    """3 records rejected by the newest load of pipedrive."""
    count = load["rejected_count"]
    noun = "record" if count == 1 else "records"
    return f"{count:,} {noun} rejected by the newest load of {plain(load['source'])}"


# What cannot be measured where nobody was ever in a stage of a role.
_NEEDED_FOR = {
    "lead": "lead volume and the rate of MQLs",
    "mql": "handoffs to sales and MQL acceptance",
    "sal": "acceptance by stage: only statuses and later stages show what sales accepted",
    "sql": "opportunity creation",
    "opportunity": "opportunity creation and what becomes of opportunities",
    "customer": "wins and every conversion to them",
}


def empty_role(row: Mapping[str, Any]) -> str:
    """One sentence on a stage role that no value leads to."""
    return (
        f"No value of the CRM is mapped to {plain(row['label'])} (role {row['stage_role']}) or was"
        f" ever used: not measured: {_NEEDED_FOR[row['stage_role']]}"
    )


def settings(facts: Any) -> str:
    """policy b2b, dates in UTC, warehouse/demo.duckdb."""
    return f"policy {plain(facts.policy)}, dates in {facts.time_zone}, {plain(facts.warehouse)}"


def sources(facts: Any) -> str:
    """hubspot as of 2026-06-30 18:00, salesforce as of 2026-06-30 17:55."""
    return ", ".join(
        f"{plain(row['source'])} as of {moment(row['extracted_at'], facts.time_zone)}"
        for row in facts.sources
    )


def since_last_run(changes: Mapping[str, Any]) -> list[str]:
    """2 new, 1 repaired, 39 unchanged since the last run; nothing where there was none."""
    if changes["new_count"] is None:
        return []
    return [
        f"{changes['new_count']:,} new, {changes['repaired_count']:,} repaired or gone,"
        f" {changes['unchanged_count']:,} unchanged since the last run"
    ]


def due(counts: Mapping[str, Any], all_of: str) -> str | None:
    """23 of 147 due, while some of a period are not; None once its rate can be read."""
    matured, everybody = int(counts["matured_count"] or 0), int(counts[all_of] or 0)
    return None if matured >= everybody else f"{matured:,} of {everybody:,} due"


def holders(count: int, concept: str) -> str:
    """1 record, 2 users: who is given the values of a concept."""
    noun = {"deal_stage": "deal", "pipeline": "deal", "team": "user"}.get(concept, "record")
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def days(value: Any) -> str:
    """Days with one decimal below ten."""
    if value is None:
        return NOTHING
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def rate(value: float | None) -> str:
    """0.1234 → 12.3 %; a dash for a rate over nobody."""
    return NOTHING if value is None else f"{value * 100:.1f} %"


def day(value: date | None) -> str:
    """An ISO date; a dash for nothing."""
    return NOTHING if value is None else value.strftime("%Y-%m-%d")


def month(value: date) -> str:
    """Mar 2026."""
    return value.strftime("%b %Y")


def moment(value: datetime | None, time_zone: str = "UTC") -> str:
    """A UTC moment without a zone, as the reporting time zone's wall clock."""
    if value is None:
        return NOTHING
    local = value.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone))
    return local.strftime("%Y-%m-%d %H:%M")


def words(value: object) -> str:
    """A code, or several, as words: sales_development|sales → sales development, sales."""
    return NOTHING if value is None else plain(value).replace("_", " ").replace("|", ", ")


def reason(code: object) -> str:
    """A rejection reason in words; `none` is no reason given."""
    return "no reason given" if code == "none" else words(code)


def status(rule: Mapping[str, Any]) -> str:
    """A rule's status with a mark, so that colour never speaks alone."""
    value = str(rule["status"])
    if value == "not_judged" and rule["mode"] == "observe":
        return "○ observed"
    return STATUS_MARKS.get(value, value)


def not_judged_reason(value: str | None) -> str:
    """Why nobody was judged, in words."""
    return NOTHING if value is None else REASONS.get(value, words(value))


def web_link(value: str | None) -> str | None:
    """A CRM link if it is one to the web; CRM text must not smuggle in anything else."""
    if not value:
        return None
    parts = urlsplit(plain(value).strip())
    return parts.geturl() if parts.scheme in ("http", "https") and parts.netloc else None
