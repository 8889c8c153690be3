"""What a random CRM is made of, whatever its tables look like."""

from dataclasses import dataclass, field
from datetime import datetime

Row = dict[str, object]
Tables = dict[str, list[Row]]


@dataclass
class Step:
    """One value written on one record.

    `is_lost`: the history does not tell of it, where histories can lose a row.
    """

    field: str
    old_value: str | None
    value: str | None
    at: datetime
    source: str | None
    actor: str | None
    is_lost: bool = False


@dataclass
class Thing:
    """A record or deal and what was written on it.

    `born_with` are the values it was created with, where the CRM writes no row for them;
    `crm_ids` are the ids of other CRMs' records that it holds, each with its column.
    """

    crm: str
    kind: str
    name: str
    created_at: datetime | None
    created_by: str | None = None
    email: str | None = None
    merged_into: str | None = None
    merged_at: datetime | None = None
    is_deleted: bool = False
    deleted_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)
    deletions: list[Step] = field(default_factory=list)
    born_with: dict[str, str | None] = field(default_factory=dict)
    crm_ids: dict[str, str] = field(default_factory=dict)


def today(thing: Thing, name: str) -> str | None:
    """The value that the record holds: what was written last, or one nobody wrote."""
    steps = [step for step in thing.steps if step.field == name]
    if steps:
        return max(steps, key=lambda step: step.at).value
    nobodys = {"lifecycle_stage": "lead", "lead_status": None, "deal_stage": "open"}
    return thing.born_with.get(name, nobodys.get(name))
