"""What other choices of the CRM mean: deal stages, pipelines, sources, kinds of change, teams."""

from collections.abc import Iterable, Mapping, Sequence

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import ValueUse, rows_of
from scripts.proposal.findings import Finding, Question, value_finding
from scripts.proposal.policy import DECIDED, Policy
from scripts.proposal.words import NOTHING, Match, is_digest, match, normalised

# What a deal in a stage of this role proves about the account, by kind of pipeline.
_BUYING = {
    "open": "opportunity",
    "offer": "opportunity",
    "paused": "opportunity",
    "won": "customer",
}
_BOUGHT = dict.fromkeys(("open", "offer", "paused", "won"), "customer")
SUPPORTS = {
    "new_business": _BUYING,
    "expansion": {**_BOUGHT, "lost": "customer"},
    "renewal": _BOUGHT,
}


def pipelines(uses: Sequence[ValueUse], policy: Policy) -> list[Finding]:
    """A finding a deal pipeline: what is sold there, by its label."""
    known = {
        (row["source_system"], row["pipeline"].lower()): row
        for row in policy["deal_pipelines"].rows
    }
    findings = []
    for use in uses:
        if is_digest(use.value):
            continue
        own = known.get((use.source_system, use.value.lower())) or known.get(
            ("any", use.value.lower())
        )
        found = match("pipeline_kind", use.label, use.value)
        if own and (own.get(DECIDED) or not found.is_sure):
            sure = 1.0 if own.get(DECIDED) else 0.9
            found = Match(own["pipeline_kind"], sure, DECIDED if sure == 1 else "known id")
        if found.value is None and len(uses) == 1:
            found = Match("new_business", 0.8, "the only pipeline")
        row = {
            "source_system": use.source_system,
            "pipeline": use.value,
            "label": use.label or use.value,
            "pipeline_kind": found.value or "?",
        }
        note = "counts as new business until it is decided" if not found.is_sure else ""
        findings.append(
            value_finding(Question("deal_pipelines", "pipeline"), use, found, row, note)
        )
    return findings


def deal_stages(
    uses: Sequence[ValueUse],
    kinds: Mapping[tuple[str, str], str],
    closings: Mapping[str, Match],
    policy: Policy,
) -> list[Finding]:
    """A finding a deal stage: closing flags decide, then the label; open is what is left."""
    decided = {
        (row["source_system"], row["deal_stage"].lower()): row["deal_role"]
        for row in policy["deal_stages"].rows
        if row.get(DECIDED)
    }
    findings = []
    for use in uses:
        if is_digest(use.value):
            continue
        found = _deal_role(use, closings.get(use.value.lower()))
        own = decided.get((use.source_system, use.value.lower()))
        if own:
            found = Match(own, 1.0, DECIDED)
        kind = kinds.get((use.source_system, (use.pipeline or "").lower()), "new_business")
        row = {
            "source_system": use.source_system,
            "pipeline": use.pipeline or "any",
            "deal_stage": use.value,
            "label": use.label or use.value,
            "deal_role": found.value or "?",
            "supports_role": SUPPORTS.get(kind, {}).get(found.value or "", ""),
        }
        findings.append(value_finding(Question("deal_stages", "deal_stage"), use, found, row))
    return findings


def _deal_role(use: ValueUse, closing: Match | None) -> Match:
    """Won and lost by the CRM's own flags; offer and paused only where the deal is open."""
    by_label = match("deal_role", use.label, use.value)
    if use.is_closed:
        if use.is_won is None and by_label.is_sure and by_label.value in ("won", "lost"):
            return by_label
        return Match("won" if use.is_won else "lost", 1.0, "closed, and its probability")
    if use.is_closed is None and closing is not None:
        return closing if not by_label.is_sure or by_label.value == closing.value else by_label
    if use.is_closed is None:
        return by_label if by_label.value else NOTHING
    if by_label.is_sure and by_label.value in ("offer", "paused"):
        return by_label
    return Match("open", 0.9, "not closed")


def closings(
    connection: DuckDBPyConnection, stage_fields: Iterable[tuple[str, str]]
) -> dict[str, Match]:
    """What the deals that stand in a stage today say of it, where no table declares it."""
    found: dict[str, Match] = {}
    for system, field in stage_fields:
        rows = connection.execute(
            """
            with deals as (
                select record_id,
                    max(lower(value)) filter (where field = $field) as stage,
                    max(lower(value))
                        filter (where field in ('is_closed', 'hs_is_closed')) as closed,
                    max(lower(value)) filter (where field in ('is_won', 'hs_is_closed_won')) as won
                from landed_values where source_system = $system and object_type = 'deal'
                group by record_id
            )
            select stage, count(*), avg((closed = 'true')::int), avg((won = 'true')::int)
            from deals where stage is not null and closed is not null group by stage
            """,
            {"system": system, "field": field},
        ).fetchall()
        for stage, _, closed, won in rows:
            role = "open" if closed <= 0.1 else "won" if (won or 0) >= 0.9 else "lost"
            is_mixed = 0.1 < closed < 0.9 or (role == "lost" and (won or 0) > 0.1)
            confidence = 0.4 if is_mixed else 0.9
            found[stage] = Match(role, confidence, "what its deals say today")
    return found


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
        like = named.get(found.value or "", {})
        row = {
            "source_value": use.value,
            "lead_source": found.value or normalised(use.value).replace(" ", "_") or "?",
            "lead_source_group": like.get("lead_source_group", "?"),
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
            "actor_kind": found.value or "?",
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
            "team": found.value or "?",
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
