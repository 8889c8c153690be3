"""Date fields that say when a stage was entered: which of the source's stage values they mean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scripts.proposal.findings import Finding
from scripts.proposal.words import match


def with_stages_named(fields: Iterable[Finding], values: Sequence[Finding]) -> Iterator[Finding]:
    """Each stage date with the value that the source's own stage field would hold.

    A date that no stage answers to is left out: it is the date of something else. Where a source
    has dates and no stage field, the date stands for the policy's own name of the stage.
    """
    for finding in fields:
        if finding.concept != "stage_date" or finding.row is None or finding.confidence == 1:
            yield finding
            continue
        stage = _stage_value(finding, values)
        if stage:
            row = {**finding.row, "applies_to": stage}
            yield replace(finding, row=row, proposal=f"stage_date {stage}", note="")


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
