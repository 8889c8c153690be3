"""Which changes of a person's records move the person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.reference.changes import Mapped, total_order
from tests.reference.policy import UNMAPPED, Policy
from tests.reference.standings import Standings


@dataclass
class Standing:
    """What is known of a person while its changes are gone through."""

    stage: str | None = None
    in_force: str | None = None
    carrier: str | None = None
    rank: int = 0
    is_sold: bool = False
    is_off_funnel: bool = False
    top_rank: int = 0
    held: dict[str, Mapped] = field(default_factory=dict)
    left: list[tuple[str, datetime]] = field(default_factory=list)


@dataclass(frozen=True)
class Person:
    """One person's changes in their order, and what is known of its records at each moment."""

    ordered: list[Mapped]
    policy: Policy
    is_deleted: Callable[[str, datetime], bool]
    is_excluded: Callable[[str, datetime], bool]
    standings: Standings


def fates_of_changes(
    changes: Iterable[Mapped],
    policy: Policy,
    is_deleted: Callable[[str, datetime], bool],
    is_excluded: Callable[[str, datetime], bool],
    standings: Standings,
) -> list[tuple[Mapped, str]]:
    """Each stage change of one person's records, in order, and whether it counts.

    "The person's stage is the last counting change among the person's records."
    """
    ordered = sorted(changes, key=lambda one: total_order(one, policy))
    person = Person(ordered, policy, is_deleted, is_excluded, standings)
    standing = Standing()
    fates = []
    for place, change in enumerate(ordered):
        fate = fate_of(place, person, standing)
        fates.append((change, fate))
        if change.value is not None:
            standings.set(change)
        standing.held[change.record.record_id] = change
        if fate == "counted":
            count(change, standing, policy)
    return fates


def fate_of(place: int, person: Person, now: Standing) -> str:
    """The fate of a change, as the person and its records stand just before it."""
    change, policy = person.ordered[place], person.policy
    record = change.record.record_id
    if person.is_excluded(record, change.at):
        return "excluded_record"
    if person.is_deleted(record, change.at):
        return "deleted_record"
    if person.standings.is_after_merge(record, change.at):
        return "after_merge"
    if change.value is None:
        if is_clear_of_an_echo(place, person, now):
            return "echo"
        return "counted" if record == now.carrier else "foreign_clear"
    if not policy.has_authority(change.record.source, change.value, change.at):
        return "no_authority"
    before = now.held.get(record)
    if before is not None and is_rewrite(before, change):
        return "counted" if change.value == now.stage else "rewrite"
    if is_late_birth(change, person, now):
        return "late_birth"
    if change.actor_kind == "propagated" and is_echo(change.value, change.at, now, policy):
        return "echo"
    if is_below(change, person, now):
        return "below_person"
    return "counted"


def is_rewrite(before: Mapped, change: Mapped) -> bool:
    """ "a rewrite of the value the record already holds is a touch of the record"."""
    if change.value == UNMAPPED:
        return before.value == UNMAPPED and before.source_value == change.source_value
    return before.value == change.value


def is_late_birth(change: Mapped, person: Person, now: Standing) -> bool:
    """A record's first value, which does not count.

    "if it is a record's birth (its first non-empty value, whenever it comes), the person has no
    stage, or is off the funnel and the birth is an unpropagated funnel stage (re_entered), or it
    outranks every rank of the current cycle"; "A first value that comes more than 60 s after
    creation on a record that took another one in … is no birth".
    """
    record = change.record
    if record.record_id in person.standings.born or now.stage is None:
        return False
    window = timedelta(seconds=person.policy.settings["creation_window_seconds"])
    is_later = record.created_at is not None and change.at - record.created_at > window
    if is_later and person.standings.has_taken_in(record.record_id, change.at):
        return False
    rank = rank_of(change, person.policy)
    if now.is_off_funnel:
        # A cycle that begins off the funnel has no rank yet that a copy could outrank.
        return rank == 0 or change.actor_kind == "propagated"
    return rank <= now.top_rank


def is_below(change: Mapped, person: Person, now: Standing) -> bool:
    """ "a change to a value ranked below the person's, or to an unmapped one, counts only if its
    own record stood at the person's rank or above just before"; "a person in role customer or
    above leaves it only by a change of a record that stood in such a role just before"; "Neither
    binds where no live record stands at the person's rank"."""
    policy, record = person.policy, change.record.record_id
    own = person.standings.of(record, change.at)
    live = [
        person.standings.of(other, change.at).rank
        for other in person.standings.records
        if person.standings.is_live(other, change.at)
    ]
    if max(live, default=0) < now.rank:
        return False
    stage = policy.stage(change.value, change.at)
    is_off_funnel = stage is not None and stage.is_off_funnel
    is_lower = not is_off_funnel and rank_of(change, policy) < now.rank
    if (is_lower or change.value == UNMAPPED) and own.rank < now.rank:
        return True
    return now.is_sold and not (stage is not None and stage.is_sold) and not own.is_sold


def rank_of(change: Mapped, policy: Policy) -> int:
    """Its stage's rank; "off-funnel has no rank", nor has what no mapping knows."""
    stage = policy.stage(change.value, change.at)
    return stage.rank if stage is not None and stage.rank is not None else 0


def is_echo(value: str, at: datetime, now: Standing, policy: Policy) -> bool:
    """ "a propagated change to a value the person has already left within echo_hours (24)".

    A person leaves a value for another one: what a clear took away, a sync may bring back.
    """
    window = timedelta(hours=policy.settings["echo_hours"])
    return value != now.in_force and any(
        left == value and at - left_at <= window for left, left_at in now.left
    )


def is_clear_of_an_echo(place: int, person: Person, now: Standing) -> bool:
    """Whether a sync cleared a field only to write a stale value right after.

    "A clear followed by a set within clear_set_minutes (5, inclusive)" is one move of two rows:
    where it is a sync's and the set an echo, the whole move is one.
    """
    clear = person.ordered[place]
    window = timedelta(minutes=person.policy.settings["clear_set_minutes"])
    later = person.ordered[place + 1 :]
    following = next((one for one in later if one.record.record_id == clear.record.record_id), None)
    return (
        clear.actor_kind == "propagated"
        and following is not None
        and following.value is not None
        and following.actor_kind == "propagated"
        and following.at - clear.at <= window
        and is_echo(following.value, following.at, now, person.policy)
    )


def count(change: Mapped, now: Standing, policy: Policy) -> None:
    """Let a counting change move the person."""
    if change.value is None:
        now.stage, now.carrier = None, None
        now.rank, now.is_sold, now.is_off_funnel = 0, False, False
        return
    if now.in_force is not None and change.value != now.in_force:
        now.left.append((now.in_force, change.at))
    now.stage = now.in_force = change.value
    now.carrier = change.record.record_id
    if change.value == UNMAPPED:
        return
    stage = policy.stage(change.value, change.at)
    now.rank = rank_of(change, policy)
    now.is_sold = stage is not None and stage.is_sold
    now.is_off_funnel = stage is not None and stage.is_off_funnel
    # Each entry to an off-funnel stage begins a cycle.
    now.top_rank = 0 if now.is_off_funnel else max(now.top_rank, now.rank)
