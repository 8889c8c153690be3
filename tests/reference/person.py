"""Which changes of a person's records move the person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.reference.changes import Mapped, total_order
from tests.reference.policy import UNMAPPED, Policy


@dataclass
class Standing:
    """What is known of a person while its changes are gone through."""

    stage: str | None = None
    in_force: str | None = None
    carrier: str | None = None
    has_counted: bool = False
    top_rank: int = 0
    born: set[str] = field(default_factory=set)
    left: list[tuple[str, datetime]] = field(default_factory=list)


def fates_of_changes(
    changes: Iterable[Mapped],
    policy: Policy,
    is_deleted: Callable[[str, datetime], bool],
    is_excluded: Callable[[str, datetime], bool],
) -> list[tuple[Mapped, str]]:
    """Each stage change of one person's records, in order, and whether it counts.

    "The person's stage is the last counting change among the person's records."
    """
    person = Standing()
    fates = []
    for change in sorted(changes, key=lambda one: total_order(one, policy)):
        record = change.record.record_id
        is_birth = change.value is not None and record not in person.born
        if change.value is not None:
            person.born.add(record)
        if is_excluded(record, change.at):
            fate = "excluded_record"
        elif is_deleted(record, change.at):
            fate = "deleted_record"
        else:
            fate = fate_of(change, is_birth, person, policy)
        fates.append((change, fate))
        if fate == "counted":
            count(change, person, policy)
    return fates


def fate_of(change: Mapped, is_birth: bool, person: Standing, policy: Policy) -> str:
    """The fate of a change of a record that is there and not excluded.

    "(1) its source has authority over the value it writes, (2) if it is a record's birth, it is
    the person's first or its rank is above every rank the person had before, (4) a clear counts
    only on the record that carried the current stage, (5) it is not an echo".
    """
    if change.value is None:
        is_carrier = change.record.record_id == person.carrier
        return "counted" if is_carrier else "foreign_clear"
    if not policy.has_authority(change.record.source, change.value, change.at):
        return "no_authority"
    if is_birth and person.has_counted and not rank_of(change, policy) > person.top_rank:
        return "late_birth"
    if is_echo(change, person, policy):
        return "echo"
    return "counted"


def rank_of(change: Mapped, policy: Policy) -> int:
    """Its stage's rank; "off-funnel has no rank", nor has what no mapping knows."""
    stage = policy.stage(change.value, change.at)
    return stage.rank if stage is not None and stage.rank is not None else 0


def is_echo(change: Mapped, person: Standing, policy: Policy) -> bool:
    """ "a propagated change to a value the person has already left within echo_hours (24)".

    A person leaves a value for another one: what a clear took away, a sync may bring back.
    """
    window = timedelta(hours=policy.settings["echo_hours"])
    return (
        change.actor_kind == "propagated"
        and change.value != person.in_force
        and any(
            value == change.value and change.at - left_at <= window
            for value, left_at in person.left
        )
    )


def count(change: Mapped, person: Standing, policy: Policy) -> None:
    """Let a counting change move the person."""
    if change.value is not None:
        if person.in_force is not None and change.value != person.in_force:
            person.left.append((person.in_force, change.at))
        person.in_force = change.value
    person.stage = change.value
    person.carrier = change.record.record_id if change.value is not None else None
    person.has_counted = person.has_counted or change.value is not None
    if change.value != UNMAPPED:
        person.top_rank = max(person.top_rank, rank_of(change, policy))
