"""What other choices of the CRM mean: sources, kinds of change, teams."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import ValueUse, rows_of
from scripts.proposal.findings import Finding, Question, value_finding
from scripts.proposal.policy import Policy
from scripts.proposal.words import ASKED, Match, is_digest, match, normalised


def lead_sources(uses: Sequence[ValueUse], policy: Policy) -> list[Finding]:
    """A finding an original source: its name, its group, and whether a lead may come from it."""
    rows = {row["source_value"].strip().lower(): row for row in policy["lead_sources"].rows}
    named = {row["lead_source"]: row for row in policy["lead_sources"].rows}
    findings = []
    for use in uses:
        if is_digest(use.value):
            continue
        own = rows.get(use.value.lower())
        found = (
            Match(own["lead_source"], 1.0, "known id")
            if own
            else match("lead_source", use.label, use.value)
        )
        like = named.get(found.value or "", {}) if found.is_sure else {}
        own_name = normalised(use.value).replace(" ", "_") or use.value
        row = {
            "source_value": use.value,
            "lead_source": (found.value if found.is_sure else None) or own_name,
            "lead_source_group": like.get("lead_source_group", ASKED),
            "is_valid": like.get("is_valid", "true"),
            "is_sales_created": like.get("is_sales_created", "false"),
        }
        question = Question("lead_sources", "lead_source")
        findings.append(value_finding(question, use, found, own or row))
    return findings


def change_sources(connection: DuckDBPyConnection, policy: Policy) -> list[Finding]:
    """A finding a kind of change: who stands behind it."""
    known = {
        (row["source_system"], row["change_source"].lower()): row
        for row in policy["change_sources"].rows
    }
    findings = []
    for use in _plain_uses(
        connection, "landed_changes", "change_source", "record_id", "changed_at"
    ):
        value = use.value.lower()
        own = known.get((use.source_system, value)) or known.get(("any", value))
        found = match("actor_kind", use.value)
        if own:
            found = Match(own["actor_kind"], 1.0, "known id")
        row = {
            "source_system": use.source_system,
            "change_source": use.value,
            "actor_kind": found.answer,
        }
        question = Question("change_sources", "change_source")
        findings.append(value_finding(question, use, found, own or row))
    return findings


def teams(connection: DuckDBPyConnection, policy: Policy) -> list[Finding]:
    """A finding a team: which of the policy's teams it is, by its name."""
    known = {
        (row["source_system"], row["source_team"].strip().lower()): row
        for row in policy["team_mappings"].rows
    }
    findings = []
    for use in _plain_uses(connection, "landed_users", "team", "user_id", "null::timestamp"):
        value = use.value.lower()
        own = known.get((use.source_system, value)) or known.get(("any", value))
        found = Match(own["team"], 1.0, "known name") if own else match("team", use.value)
        row = {
            "source_system": use.source_system,
            "source_team": use.value,
            "team": found.answer,
        }
        if not is_digest(use.value):
            question = Question("team_mappings", "team")
            findings.append(value_finding(question, use, found, own or row))
    return findings


def _plain_uses(
    connection: DuckDBPyConnection, view: str, column: str, counted: str, moment: str
) -> list[ValueUse]:
    rows = rows_of(
        connection,
        f"""
        select source_system, lower(trim({column})) as key, mode(trim({column})) as value,
            count(distinct {counted}) as record_count, count(*) as use_count,
            min({moment}::timestamp) as first_at, max({moment}::timestamp) as last_at
        from {view} where trim({column}) <> ''
        group by source_system, lower(trim({column})) order by use_count desc, key
        """,
    )
    return [
        ValueUse(
            row["source_system"], "", column, row["value"], None, row["record_count"],
            row["record_count"], row["use_count"], row["first_at"], row["last_at"],
            None, None, None, None,
        )
        for row in rows
    ]  # fmt: skip
