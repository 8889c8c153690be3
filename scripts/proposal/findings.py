"""What was found out about one value or field of the CRM, and the policy row it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scripts.proposal.counts import FieldUse, ValueUse
from scripts.proposal.words import ASKED, SURE, Match

Row = Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """One value, field, team or pattern; `row` is its seed row (None: it needs none)."""

    seed: str
    concept: str
    source_system: str
    object_type: str
    field: str
    source_value: str
    label: str
    proposal: str
    confidence: float
    basis: str
    needs_decision: bool
    row: Row | None
    row_count: int = 0
    record_count: int = 0
    change_count: int = 0
    fill_rate: float | None = None
    first_used_at: datetime | None = None
    last_used_at: datetime | None = None
    note: str = ""

    @property
    def is_written(self) -> bool:
        """Whether the row goes into the seed: what needs a decision never does."""
        return self.row is not None and not self.needs_decision


@dataclass(frozen=True)
class Question:
    """Which seed and concept a list of values is about."""

    seed: str
    concept: str
    #: values that nobody uses and nobody can tell are no question worth asking
    asks_unused: bool = field(default=False)


def value_finding(
    question: Question, use: ValueUse, found: Match, row: Row | None, note: str = ""
) -> Finding:
    """What is known of one value. One that means nothing on purpose needs no decision."""
    means_nothing = found.value == ""
    is_used = use.record_count > 0 or question.asks_unused
    return Finding(
        seed=question.seed,
        concept=question.concept,
        source_system=use.source_system,
        object_type=use.object_type,
        field=use.field,
        source_value=use.value,
        label=use.label or "",
        proposal=found.value or "",
        confidence=round(found.confidence, 2),
        basis=found.basis,
        needs_decision=is_used and not means_nothing and found.confidence < SURE,
        row=None if means_nothing or (found.value is None and not is_used) else row,
        row_count=use.row_count,
        record_count=use.record_count,
        change_count=use.change_count,
        first_used_at=use.first_used_at,
        last_used_at=use.last_used_at,
        note=note or ("left unmapped on purpose" if means_nothing else ""),
    )


def field_finding(use: FieldUse, concept: str, found: Match, row: Row | None, note: str) -> Finding:
    """What is known of one field."""
    return Finding(
        seed="field_mappings",
        concept=concept,
        source_system=use.source_system,
        object_type=use.object_type,
        field=use.field,
        source_value="",
        label="",
        proposal=found.value or "",
        confidence=round(found.confidence, 2),
        basis=found.basis,
        needs_decision=found.confidence < SURE,
        row={**row, "concept": ASKED} if row and not found.is_sure else row,
        row_count=use.filled_count,
        record_count=use.record_count,
        change_count=use.change_count,
        fill_rate=use.fill_rate,
        note=note,
    )
