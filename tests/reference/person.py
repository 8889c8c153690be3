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
    ordered = sorted(changes, key=lambda one: total_order(one, policy))
    fates = gone_through(ordered, policy, is_deleted, is_excluded, set())
    clears = clears_of_echoes(fates, policy)
    # A clear moves the stage and no value, so that the echoes stay those they are.
    return gone_through(ordered, policy, is_deleted, is_excluded, clears)


def clears_of_echoes(fates: list[tuple[Mapped, str]], policy: Policy) -> set[int]:
    """The places of clears that a sync made only to write a stale value right after.

    "A clear followed by a set within clear_set_minutes (5, inclusive)" is one move of two rows:
    where it is a sync's and the set an echo, the whole move is one.
    """
    window = timedelta(minutes=policy.settings["clear_set_minutes"])
    last: dict[str, tuple[int, Mapped]] = {}
    clears = set()
    for place, (change, fate) in enumerate(fates):
        before = last.get(change.record.record_id)
        if (
            fate == "echo"
            and before is not None
            and before[1].value is None
            and before[1].actor_kind == "propagated"
            and change.at - before[1].at <= window
        ):
            clears.add(before[0])
        last[change.record.record_id] = (place, change)
    return clears


def gone_through(
    ordered: list[Mapped],
    policy: Policy,
    is_deleted: Callable[[str, datetime], bool],
    is_excluded: Callable[[str, datetime], bool],
    clears_of_echoes: set[int],
) -> list[tuple[Mapped, str]]:
    """The fates of changes in their order, some clears known to be parts of echoes."""
    person = Standing()
    fates = []
    for place, change in enumerate(ordered):
        record = change.record.record_id
        is_birth = change.value is not None and record not in person.born
        if change.value is not None:
            person.born.add(record)
        if is_excluded(record, change.at):
            fate = "excluded_record"
        elif is_deleted(record, change.at):
            fate = "deleted_record"
        elif place in clears_of_echoes:
            fate = "echo"
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
