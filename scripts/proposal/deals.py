"""What deal pipelines and deal stages mean: by the CRM's own flags, labels, and the deals."""

from collections.abc import Mapping, Sequence

from scripts.proposal.closings import Key, StageTold
from scripts.proposal.counts import ValueUse
from scripts.proposal.findings import Finding, Question, value_finding
from scripts.proposal.policy import DECIDED, Policy
from scripts.proposal.words import ASKED, NOTHING, Match, is_digest, match

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
        of_system = [other for other in uses if other.source_system == use.source_system]
        if not found.is_sure and found.value in (None, "new_business") and len(of_system) == 1:
            found = Match("new_business", 0.8, "the only pipeline")
        row = {
            "source_system": use.source_system,
            "pipeline": use.value,
            "label": use.label or use.value,
            "pipeline_kind": found.answer,
        }
        note = "counts as new business until it is decided" if not found.is_sure else ""
        findings.append(
            value_finding(Question("deal_pipelines", "pipeline"), use, found, row, note)
        )
    return findings


def deal_stages(
    uses: Sequence[ValueUse],
    kinds: Mapping[tuple[str, str], str],
    told: Mapping[Key, StageTold],
    policy: Policy,
) -> list[Finding]:
    """A finding a deal stage: declared flags decide, then its label and its deals."""
    findings = []
    for use in uses:
        if is_digest(use.value):
            continue
        pipeline, stage = (use.pipeline or "").lower(), use.value.lower()
        of_stage = told.get((use.source_system, pipeline, stage))
        found = _deal_role(use, of_stage or told.get((use.source_system, "", stage)))
        own = _decided(use, policy)
        if own:
            found = Match(own, 1.0, DECIDED)
        kind = kinds.get((use.source_system, pipeline), "new_business")
        supported = SUPPORTS.get(kind, {})
        row = {
            "source_system": use.source_system,
            "pipeline": use.pipeline or "any",
            "deal_stage": use.value,
            "label": use.label or use.value,
            "deal_role": found.answer,
            "supports_role": supported.get(found.value or "", "")
            if found.is_sure
            else ASKED * bool(supported),
        }
        findings.append(value_finding(Question("deal_stages", "deal_stage"), use, found, row))
    return findings


def _decided(use: ValueUse, policy: Policy) -> str | None:
    """What a person said of a stage: of its own pipeline, else of any."""
    said = {
        row["pipeline"].lower(): row["deal_role"]
        for row in policy["deal_stages"].rows
        if row.get(DECIDED)
        and row["source_system"] == use.source_system
        and row["deal_stage"].strip().lower() == use.value.lower()
    }
    return said.get((use.pipeline or "any").lower()) or said.get("any")


def _deal_role(use: ValueUse, told: StageTold | None) -> Match:
    """Won and lost by the CRM's own flags; offer and paused only where the deal is open."""
    by_label = match("deal_role", use.label, use.value)
    ends = by_label.value in ("won", "lost")
    if use.is_closed:
        flagged = {True: "won", False: "lost", None: None}[use.is_won]
        if not by_label.is_sure or not ends or flagged == by_label.value:
            return Match(flagged, 1.0 if flagged else 0.0, "closed, and its probability")
        if flagged is None:
            return by_label
        return Match(None, 0.0, f"closed as {flagged}, and its label says {by_label.value}")
    if use.is_closed is False:
        if by_label.is_sure and by_label.value in ("offer", "paused"):
            return by_label
        return Match("open", 0.9, "not closed")
    if told is None:
        return by_label if by_label.value else NOTHING
    if not by_label.is_sure:
        return told.role
    if by_label.value is not None and told.use.fits(by_label.value):
        return by_label
    return Match(None, 0.0, f"its label says {by_label.value}, {told.use}")
