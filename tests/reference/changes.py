"""The changes of each record's fields: put right, dated, ordered, and each with its actor."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.reference.landed import DEAL_CONCEPTS, RECORD_CONCEPTS, Change, Landed, Record
from tests.reference.policy import UNMAPPED, Policy


@dataclass(frozen=True)
class Mapped:
    """A change of a record's timeline, mapped; `value` None is a clear."""

    concept: str
    record: Record
    value: str | None
    source_value: str | None
    at: datetime
    actor: str | None
    change_source: str | None
    actor_kind: str
    is_bulk: bool = False
    is_inferred: bool = False
    is_gap: bool = False
    is_creation: bool = False
    known_by: str = "history"


Key = tuple[str, str]


def changes_of_records(landed: Landed, policy: Policy) -> dict[Key, list[Mapped]]:
    """The changes of each (record, concept), creating ones included, in their total order.

    Records and changes after as_of are left out: "events after as_of enter no timeline".
    """
    records = {
        record.record_id: record
        for record in landed.records
        if record.created_at is None or record.created_at <= landed.as_of
    }
    by_key: dict[Key, list[Change]] = defaultdict(list)
    # "Exact duplicates dropped": equal in every column.
    for change in set(landed.changes):
        has_timeline = change.record_id in records and change.concept in concepts_of(
            records[change.record_id]
        )
        if has_timeline and change.changed_at <= landed.as_of:
            by_key[change.record_id, change.concept].append(change)
    coverage = coverage_of(landed, records, by_key)
    found: dict[Key, list[Mapped]] = {}
    for record in records.values():
        for concept in concepts_of(record):
            key = (record.record_id, concept)
            changes = by_key.get(key, [])
            begins = coverage.get((record.source, record.kind, concept))
            creating = creating_change(record, concept, changes, begins, policy, landed)
            mapped = [
                mapped_change(change, record, changes, creating, begins, policy, landed.user_kinds)
                for change in changes
            ]
            if mapped or creating:
                found[key] = mapped + creating
    swarming = swarms(found, policy)
    return {
        key: sorted(
            (
                in_bulk(one) if one in swarming or one.actor_kind == "bulk" else one
                for one in changes
            ),
            key=lambda one: total_order(one, policy),
        )
        for key, changes in found.items()
    }


def concepts_of(record: Record) -> Iterable[str]:
    """The concepts of which a record or deal has a timeline."""
    return DEAL_CONCEPTS if record.kind == "deal" else RECORD_CONCEPTS


def coverage_of(
    landed: Landed, records: dict[str, Record], by_key: dict[Key, list[Change]]
) -> dict[tuple[str, str, str], datetime]:
    """From when on all changes of a field are known.

    "coverage_from (source, object, field) = the earliest landed change that is not before its
    own record's creation, or what the policy states."
    """
    begins: dict[tuple[str, str, str], datetime] = {}
    for (record_id, concept), changes in by_key.items():
        record = records[record_id]
        for change in changes:
            if record.created_at is None or change.changed_at >= record.created_at:
                key = (record.source, record.kind, concept)
                begins[key] = min(begins.get(key, change.changed_at), change.changed_at)
    for coverage in landed.coverages:
        if coverage.stated_from is not None:
            begins[coverage.source, coverage.kind, coverage.concept] = coverage.stated_from
    return begins


def first_change(changes: list[Change]) -> Change | None:
    """The first change of a field; of several in one moment the one that no other leads to.

    One that does not say what was before it comes before one that does.
    """
    if not changes:
        return None
    moment = min(change.changed_at for change in changes)
    at_once = [change for change in changes if change.changed_at == moment]
    unexplained = [
        change
        for change in at_once
        if change.old_value not in {other.new_value for other in at_once if other is not change}
    ]
    return min(
        unexplained or at_once,
        key=lambda change: (change.old_value is not None, change.new_value or "", str(change)),
    )


def is_creation_itself(record: Record, first: Change, policy: Policy) -> bool:
    """ "A first value within 60 s of creation is the creation, at its own time"."""
    if record.created_at is None or first.new_value is None:
        return False
    window = timedelta(seconds=policy.settings["creation_window_seconds"])
    return abs(first.changed_at - record.created_at) <= window


def was_created_before(record: Record, begins: datetime | None) -> bool:
    """Whether a record is known to be older than what the history covers."""
    if record.created_at is None:
        return False
    return begins is None or record.created_at < begins


def creating_change(
    record: Record,
    concept: str,
    changes: list[Change],
    begins: datetime | None,
    policy: Policy,
    landed: Landed,
) -> list[Mapped]:
    """The value a record was created with, where no landed change tells it (none or one row).

    "A record created at or after [coverage_from] whose first change carries an old_value, or
    which has no change at all, starts with a creation visit (that old_value; the current
    value)"; "Created before it: is_start_inferred, in the first change's old_value from
    created_at". Its actor is created_by, "kind from users, else unknown".
    """
    first = first_change(changes)
    value = record.today[concept] if first is None else first.old_value
    if value is None:
        return []
    # A record whose creation nobody dated existed when it first changed, or when it was first
    # seen; one that changed before it was created existed before, too.
    latest = landed.as_of if first is None else first.changed_at
    undated = landed.first_seen.get(record.record_id, latest) if first is None else latest
    created_at = min(record.created_at or undated, latest)
    return [
        Mapped(
            concept=concept,
            record=record,
            value=policy.mapped(concept, record.source, value, created_at),
            source_value=value,
            at=created_at,
            actor=record.created_by,
            change_source=None,
            actor_kind=landed.user_kinds.get(record.created_by or "", "unknown"),
            is_inferred=record.created_at is None or was_created_before(record, begins),
            is_creation=True,
        )
    ]


def mapped_change(
    change: Change,
    record: Record,
    changes: list[Change],
    creating: list[Mapped],
    begins: datetime | None,
    policy: Policy,
    user_kinds: dict[str, str],
) -> Mapped:
    """A landed change by the policy in force at its moment.

    Where the record is older than its history and the first change has no old value, the start
    is inferred "in its first value from that change".
    """
    first = first_change(changes)
    is_first = first is change and first.old_value is None
    is_inferred = (
        is_first
        and was_created_before(record, begins)
        and not is_creation_itself(record, change, policy)
    )
    return Mapped(
        concept=change.concept,
        record=record,
        value=policy.mapped(change.concept, change.source, change.new_value, change.changed_at),
        source_value=change.new_value,
        at=change.changed_at,
        actor=change.changed_by,
        change_source=change.change_source,
        actor_kind=kind_of_actor(change, policy, user_kinds),
        is_inferred=is_inferred or change.known_by == "stage_date",
        known_by=change.known_by,
        is_gap=has_gap(change, changes, creating),
    )


def kind_of_actor(change: Change, policy: Policy, user_kinds: dict[str, str]) -> str:
    """ "Actor: kind from change_sources", else from the user, else unknown."""
    kind = policy.change_kind(change.source, change.change_source)
    return kind or user_kinds.get(change.changed_by or "", "unknown")


def has_gap(change: Change, changes: list[Change], creating: list[Mapped]) -> bool:
    """ "the change's old value (where landed) is not among the previous new values".

    Capitals and blanks are no difference. Values of one moment explain each other, as does a
    change that lands neither value: it may have made anything.
    """
    if change.old_value is None:
        return False
    made = [
        (other.changed_at, other.old_value, other.new_value)
        for other in changes
        if other is not change
    ]
    made += [(one.at, None, one.source_value) for one in creating]
    before = [at for at, _, _ in made if at < change.changed_at]
    near = {change.changed_at, max(before, default=change.changed_at)}
    explaining = [(old, new) for at, old, new in made if at in near]
    if not before or (None, None) in explaining:
        return False
    known = {new.strip().lower() for _, new in explaining if new is not None}
    return change.old_value.strip().lower() not in known


def swarms(found: dict[Key, list[Mapped]], policy: Policy) -> set[Mapped]:
    """Changes made while their actor changed very many records.

    "a human or unknown actor changed >= 50 records of one object within 60 s before or after.
    Automation is never bulk, nor is a creation visit without an actor".
    """
    window = timedelta(seconds=policy.settings["bulk_window_seconds"])
    actors: dict[tuple[object, ...], list[Mapped]] = defaultdict(list)
    for changes in found.values():
        for one in changes:
            is_nobodys = one.is_creation and one.actor is None
            # Many changes bear the moment of a load or of a day.
            is_told = one.actor_kind in ("human", "unknown") and one.known_by == "history"
            if is_told and not is_nobodys:
                actors[one.record.source, one.record.kind, one.actor].append(one)
    swarming: set[Mapped] = set()
    for group in actors.values():
        group.sort(key=lambda one: one.at)
        moments = [one.at for one in group]
        for one in group:
            low = bisect_left(moments, one.at - window)
            high = bisect_right(moments, one.at + window)
            around = {other.record.record_id for other in group[low:high]}
            if len(around) >= policy.settings["bulk_record_count"]:
                swarming.add(one)
    return swarming


def in_bulk(one: Mapped) -> Mapped:
    """The change marked as part of a bulk."""
    return replace(one, is_bulk=True, actor_kind="bulk")


def total_order(one: Mapped, policy: Policy) -> tuple[object, ...]:
    """The place of a change among all others; landing order has no part in it.

    "changed_at, cleared first, policy rank ascending with off-funnel last, source_value,
    changed_by, change_source"; "in ties unmapped sorts before funnel stages".
    """
    stage = policy.stage(one.value, one.at) if one.concept == "lifecycle_stage" else None
    if one.value is None:
        place = 0
    elif one.value == UNMAPPED:
        place = 1
    elif stage is not None and stage.rank is not None:
        place = 2
    else:
        place = 3
    return (
        one.at,
        place,
        stage.rank if stage is not None and stage.rank is not None else 0,
        one.source_value or "",
        one.actor or "",
        one.change_source or "",
        one.record.record_id,
        # What a record was created with comes before the change that says it again.
        not one.is_creation,
    )
