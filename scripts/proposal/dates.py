"""Date fields that say when a stage was entered: which of the source's stage values they mean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scripts.proposal.findings import Finding
from scripts.proposal.policy import DECIDED, Policy
from scripts.proposal.words import ASKED, match


def with_stages_named(
    fields: Iterable[Finding], values: Sequence[Finding], known: Policy
) -> Iterator[Finding]:
    """Each stage date with the value that the source's own stage field would hold.

    A date that no stage answers to is left out: it is the date of something else. Where a source
    has dates and no stage field, the date stands for the policy's own name of the stage. One that
    a person has mapped to a value that nothing means is asked again.
    """
    for finding in fields:
        if _is_void(finding, values, known):
            told = (finding.row or {})["applies_to"]
            said = f"no row of value_mappings says what {told} means in {finding.source_system}"
            asked = {**(finding.row or {}), "applies_to": ASKED}
            yield replace(
                finding, confidence=0.0, basis=said, needs_decision=True, row=asked, proposal=""
            )
            continue
        if finding.concept != "stage_date" or finding.row is None or finding.confidence == 1:
            yield finding
            continue
        stage = _stage_value(finding, values)
        if stage:
            row = {**finding.row, "applies_to": stage}
            yield replace(finding, row=row, proposal=f"stage_date {stage}", note="")


def _is_void(finding: Finding, values: Sequence[Finding], known: Policy) -> bool:
    """Whether a person mapped a filled date to a stage value of which nothing is known."""
    row = finding.row or {}
    if finding.concept != "stage_date" or not row.get(DECIDED) or not finding.row_count:
        return False
    system, stage = finding.source_system, row["applies_to"].strip().lower()
    seen = {
        value.source_value.lower()
        for value in values
        if value.concept == "lifecycle_stage" and value.source_system == system
    }
    told = {
        mapped["source_value"].strip().lower()
        for mapped in known["value_mappings"].rows
        if mapped["concept"] == "lifecycle_stage"
        and mapped["source_system"] in (system, "any")
        and mapped.get(DECIDED)
    }
    return stage not in seen | told


def _stage_value(finding: Finding, values: Sequence[Finding]) -> str | None:
    named = (finding.row or {})["applies_to"]
    own = [
        value
        for value in values
        if value.concept == "lifecycle_stage"
        and value.source_system == finding.source_system
        and value.row is not None
    ]
    for value in own:
        if value.source_value.lower() == named.lower():
            return value.source_value
    meant = match("lifecycle_stage", named.replace("_", " "))
    if not meant.value or meant.confidence < 0.9:
        return None
    same = [value.source_value for value in own if value.proposal == meant.value]
    return same[0] if same else None if own else meant.value
