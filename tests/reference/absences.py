"""When a record, a deal or a person was not there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from tests.reference.changes import kind_of_actor
from tests.reference.landed import Landed
from tests.reference.policy import Policy

EVER = datetime.max


@dataclass(frozen=True)
class Author:
    """Who deleted a record or brought it back, and after when where two loads alone tell."""

    actor: str | None = None
    actor_kind: str = "unknown"
    known_by: str = "history"
    changed_after: datetime | None = None


NOBODY = Author()


@dataclass(frozen=True)
class Absence:
    """Gone from a moment, inclusive, until another, exclusive.

    `record_id` is what went, `back_record_id` what came.
    """

    gone_at: datetime
    back_at: datetime
    record_id: str
    back_record_id: str | None = None
    gone_by: Author = NOBODY
    back_by: Author = NOBODY


def deletions_of_records(landed: Landed, policy: Policy) -> dict[str, list[Absence]]:
    """Stretches in which each record or deal was deleted.

    "a change row of field is_deleted, or a later --complete load" bring it back; "merging a
    record away is not a deletion".
    """
    merged_away = {link.record_id for link in landed.merges}
    told: dict[str, dict[datetime, tuple[bool, Author]]] = defaultdict(dict)
    for deletion in landed.deletions:
        author = Author(None, "unknown", deletion.known_by, deletion.changed_after)
        told[deletion.record_id][deletion.changed_at] = (deletion.is_deleted, author)
    for change in landed.changes:
        if change.concept == "is_deleted" and change.new_value is not None:
            is_deleted = change.new_value.strip().lower() in ("true", "1", "yes", "t")
            kind = kind_of_actor(change, policy, landed.user_kinds)
            author = Author(change.changed_by, kind)
            told[change.record_id][change.changed_at] = (is_deleted, author)
    absences: dict[str, list[Absence]] = defaultdict(list)
    for record_id, moments in told.items():
        if record_id in merged_away:
            continue
        gone: tuple[datetime, Author] | None = None
        for moment in sorted(moment for moment in moments if moment <= landed.as_of):
            is_deleted, author = moments[moment]
            if is_deleted and gone is None:
                gone = (moment, author)
            elif not is_deleted and gone is not None:
                absences[record_id].append(
                    Absence(gone[0], moment, record_id, record_id, gone[1], author)
                )
                gone = None
        if gone is not None:
            absences[record_id].append(Absence(gone[0], EVER, record_id, None, gone[1]))
    return absences


def absences_of_records(landed: Landed, policy: Policy) -> dict[str, list[Absence]]:
    """Deleted, or merged away: the record lives on in another one.

    Where nobody says when, it never counts as one that was left.
    """
    absences = deletions_of_records(landed, policy)
    for link in landed.merges:
        merged_at = link.linked_at or datetime.min
        if merged_at <= landed.as_of:
            absences[link.record_id] = [Absence(merged_at, EVER, link.record_id)]
    return absences


def is_away(absences: list[Absence], at: datetime) -> bool:
    """Whether a moment lies in one of the stretches."""
    return any(absence.gone_at <= at < absence.back_at for absence in absences)


def absences_of_person(
    lives: dict[str, datetime],
    absences: dict[str, list[Absence]],
    deletions: dict[str, list[Absence]],
) -> list[Absence]:
    """Stretches in which no live record of a person was left.

    `lives` holds the beginning of each record that the policy does not leave out. "A record's
    deletion ends the person's stage only when no live record remains; merging a record away is
    not a deletion."
    """
    bounds = sorted({one.gone_at for record in lives for one in deletions.get(record, [])})
    found: list[Absence] = []
    for gone_at in bounds:
        if found and gone_at < found[-1].back_at:
            continue
        if gone_at < min(lives.values()) or live_at(lives, absences, gone_at):
            continue
        leaving = min(
            (
                one
                for record in lives
                for one in deletions.get(record, [])
                if one.gone_at == gone_at
            ),
            key=lambda one: one.record_id,
        )
        returns = [(begins, record, NOBODY) for record, begins in lives.items()] + [
            (one.back_at, record, one.back_by)
            for record in lives
            for one in absences.get(record, [])
        ]
        back_at, back, back_by = min(
            (
                (moment, record, author)
                for moment, record, author in returns
                if gone_at < moment < EVER and record in live_at(lives, absences, moment)
            ),
            default=(EVER, None, NOBODY),
            key=lambda one: one[:2],
        )
        found.append(Absence(gone_at, back_at, leaving.record_id, back, leaving.gone_by, back_by))
    return found


def live_at(
    lives: dict[str, datetime], absences: dict[str, list[Absence]], at: datetime
) -> set[str]:
    """The records that had begun and were not away."""
    return {
        record
        for record, begins in lives.items()
        if begins <= at and not is_away(absences.get(record, []), at)
    }
