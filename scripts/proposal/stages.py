"""What stage values mean: by id and label, and where those say nothing, by observed moves."""

from collections.abc import Mapping, Sequence

from scripts.policy.files import SeedRow
from scripts.proposal.counts import ValueUse
from scripts.proposal.findings import Finding, Question, value_finding
from scripts.proposal.moves import Move, Order
from scripts.proposal.placing import by_moves, places
from scripts.proposal.policy import DECIDED, Policy
from scripts.proposal.words import NOTHING, Match, is_digest, match, normalised

MAPPED = ("lifecycle_stage", "lead_status", "rejection_reason")


def value_findings(
    concept: str, uses: Sequence[ValueUse], policy: Policy, moves: Sequence[Move], order: Order
) -> list[Finding]:
    """A finding a value of a mapped concept; stages are also placed by their moves."""
    meant = {use: _meaning(concept, use, policy) for use in uses}
    if concept == "lifecycle_stage":
        sure = {use.value.lower(): found.value for use, found in meant.items() if found.is_sure}
        known = {value: stage for value, stage in sure.items() if stage}
        for use, found in meant.items():
            if not found.is_sure and found.value is None and use.record_count:
                meant[use] = by_moves(use, known, places(policy), moves, order)
    decisions = _decisions(policy)
    return [
        value_finding(
            Question("value_mappings", concept),
            use,
            found,
            {
                "concept": concept,
                "source_system": use.source_system,
                "source_value": use.value,
                "value": found.answer,
                "decision": decisions.get(found.value or "", "")
                if concept == "lead_status" and found.is_sure
                else "",
            },
        )
        for use, found in meant.items()
        if not is_digest(use.value)
    ]


def _meaning(concept: str, use: ValueUse, policy: Policy) -> Match:
    """By words; what the policy knows as a value of another field is a fault, not a value."""
    found = _by_words(concept, use, policy)
    other = {"lifecycle_stage": "lead_status", "lead_status": "lifecycle_stage"}.get(concept)
    if found.is_sure or other is None or _known_id(_rows_for(other, use, policy)) is None:
        return found
    return Match("", 0.9, f"a {other.replace('_', ' ')} in the wrong field")


def _by_words(concept: str, use: ValueUse, policy: Policy) -> Match:
    """A known id is sure, unless its label says something else or nothing known."""
    rows = _rows_for(concept, use, policy)
    if any(row.get(DECIDED) for row in rows):
        return Match(next(row["value"] for row in rows if row.get(DECIDED)), 1.0, DECIDED)
    known_id = _known_id(rows)
    label = use.label if normalised(use.label) != normalised(use.value) else None
    by_label = match(concept, label) if label else NOTHING
    if known_id is None:
        return match(concept, use.label, use.value)
    if by_label.is_sure and by_label.value != known_id:
        said = f"the label says {by_label.value or 'nothing'}, the id {known_id}"
        return Match(by_label.value or known_id, 0.5, said)
    if label and by_label.value not in (None, known_id):
        return Match(known_id, 0.6, f"known id, but its label is like {by_label.value}")
    if label and by_label.value is None:
        return Match(known_id, 0.6, "known id with a label that says nothing known")
    return Match(known_id, 1.0, "known id")


def _rows_for(concept: str, use: ValueUse, policy: Policy) -> list[SeedRow]:
    return [
        row
        for row in policy["value_mappings"].rows
        if row["concept"] == concept
        and row["source_system"] in (use.source_system, "any")
        and row["source_value"].strip().lower() == use.value.lower()
        and not row["valid_to"]
    ]


def _known_id(rows: Sequence[SeedRow]) -> str | None:
    own = {row["source_system"] == "any": row["value"] for row in rows}
    return own.get(False) or own.get(True)


def _decisions(policy: Policy) -> dict[str, str]:
    return {
        row["value"]: row["decision"]
        for row in policy["value_mappings"].rows
        if row["concept"] == "lead_status"
    }


def with_used_stages(
    policy: Policy, findings: Sequence[Finding], is_new: bool
) -> tuple[Policy, list[str]]:
    """The stage model without stages that nothing means, and their names.

    A new policy calls its stages what the CRM calls them; an updated one keeps its words.

    Moves forward through such a stage of the funnel become moves past it, so that a funnel without
    it still hangs together. Where a stage value, or a field that may hold stages, waits for a
    person, nothing is taken out yet: the names are returned all the same. Where no stage has
    landed at all, nothing is known of the model.
    """
    values = [finding for finding in findings if _is_stage_value(finding)]
    used = {finding.proposal for finding in values if finding.row is not None}
    used |= _stages_with_dates(findings)
    stages = policy["lifecycle_stages"]
    unused = [row["lifecycle_stage"] for row in stages.rows if row["lifecycle_stage"] not in used]
    if not used:
        return policy, []
    if any(finding.needs_decision for finding in (*values, *_stage_fields(findings))):
        return policy, unused
    labels = _labels(findings) if is_new else {}
    rows = [
        {
            **row,
            "is_active": "false" if row["lifecycle_stage"] in unused else row["is_active"],
            "label": labels.get(row["lifecycle_stage"], row["label"]),
        }
        for row in stages.rows
    ]
    transitions = policy["lifecycle_transitions"]
    ranks = {place.stage: place.rank for place in places(policy)}
    passed = list(transitions.rows)
    for stage in unused:
        passed = _without(passed, stage, ranks)
    return {
        **policy,
        "lifecycle_stages": stages.__class__(stages.header, tuple(rows)),
        "lifecycle_transitions": transitions.with_rows(passed),
    }, unused


def _stages_with_dates(findings: Sequence[Finding]) -> set[str]:
    """Stages that a date field stands for by the policy's own name."""
    return {
        (finding.row or {}).get("applies_to", "")
        for finding in findings
        if finding.concept == "stage_date" and finding.is_written
    }


def _stage_fields(findings: Sequence[Finding]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.seed == "field_mappings" and finding.concept == "lifecycle_stage"
    ]


def _is_stage_value(finding: Finding) -> bool:
    return finding.concept == "lifecycle_stage" and finding.seed == "value_mappings"


def _labels(findings: Sequence[Finding]) -> dict[str, str]:
    """What the CRM calls a stage, where one label says it."""
    labels: dict[str, set[str]] = {}
    for finding in findings:
        if _is_stage_value(finding) and finding.is_written and finding.label:
            labels.setdefault(finding.proposal, set()).add(finding.label)
    return {stage: found.pop() for stage, found in labels.items() if len(found) == 1}


def _without(rows: Sequence[SeedRow], stage: str, ranks: Mapping[str, int | None]) -> list[SeedRow]:
    kept = [row for row in rows if stage not in (row["from_stage"], row["to_stage"])]
    there = {(row["from_stage"], row["to_stage"]) for row in kept}
    for into in (row for row in rows if row["to_stage"] == stage):
        for out in (row for row in rows if row["from_stage"] == stage):
            ends = (into["from_stage"], out["to_stage"])
            if ends not in there and _is_forward(ends[0], stage, ends[1], ranks):
                there.add(ends)
                kept.append(_joined(into, out))
    return kept


def _is_forward(start: str, through: str, end: str, ranks: Mapping[str, int | None]) -> bool:
    """Whether both moves go up the funnel, or the second leaves it.

    Two allowed moves do not allow a third: from opportunity to recycled and on to lead is no step
    back from opportunity to lead, and who left the funnel does not change places outside it.
    """
    began, place, ended = ranks.get(start) or 0, ranks.get(through), ranks.get(end)
    if place is None or began >= place:
        return False
    return began > 0 if ended is None else ended > place


def _joined(into: SeedRow, out: SeedRow) -> SeedRow:
    teams = dict.fromkeys([*into["owner_team"].split("|"), *out["owner_team"].split("|")])
    needs_human = "human" in (into["actor_policy"], out["actor_policy"])
    return {
        **out,
        "from_stage": into["from_stage"],
        "owner_team": "|".join(teams),
        "actor_policy": "human" if needs_human else "any",
    }
