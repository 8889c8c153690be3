"""Stays and moves: what a subject's ordered events come to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from tests.reference.absences import EVER, NOBODY, Absence, Author
from tests.reference.changes import Mapped
from tests.reference.policy import UNMAPPED


@dataclass(frozen=True)
class Event:
    """A subject's value from a moment on; None where it has none from then on.

    `change` is what wrote the value; a deletion and a return have none, but an author.
    """

    at: datetime
    value: str | None
    record_id: str
    change: Mapped | None
    what: str = "set"
    author: Author = NOBODY


@dataclass
class Visit:
    """An uninterrupted stay of a subject in one value."""

    value: str
    first: Event
    valid_from: datetime
    valid_to: datetime | None = None
    touches: int = 0
    interruptions: int = 0


@dataclass(frozen=True)
class Move:
    """One change of a subject's mapped value."""

    event: Event
    from_value: str | None
    to_value: str | None
    stay_began_at: datetime | None
    is_again: bool
    is_instant: bool


def with_absences(events: Iterable[Event], absences: Iterable[Absence]) -> list[Event]:
    """The events together with deletions and returns.

    A deletion empties the subject's value; a return gives back what was stated last before it.
    In one moment the return comes before what is set then.
    """
    ordered = list(events)
    for absence in absences:
        before = [event for event in ordered if event.at < absence.gone_at]
        last = before[-1] if before else None
        if last is None or last.value is None:
            continue
        place = len(before)
        gone = Event(absence.gone_at, None, absence.record_id, None, "deleted", absence.gone_by)
        ordered.insert(place, gone)
        if absence.back_at == EVER:
            continue
        place = sum(event.at < absence.back_at for event in ordered)
        back = Event(
            absence.back_at,
            last.value,
            absence.back_record_id or absence.record_id,
            None,
            "restored",
            absence.back_by,
        )
        ordered.insert(place, back)
    return ordered


def without_interruptions(events: list[Event], clear_set_minutes: int) -> list[Event]:
    """ "A clear followed by a set within clear_set_minutes (5, inclusive) is dropped and the old
    stage lasts until the set"; "Delete->restore resumes likewise"."""
    window = timedelta(minutes=clear_set_minutes)
    kept = []
    for place, event in enumerate(events):
        following = next((later for later in events[place + 1 :] if later.value), None)
        is_short = following is not None and following.at - event.at <= window
        if event.value is None and is_short:
            continue
        kept.append(event)
    return kept


def standing(events: list[Event]) -> list[Event]:
    """The last event of each moment, and those that say the same right before it.

    "zero-length states leave the visits".
    """
    kept: list[Event] = []
    for _, together in groupby(events, key=lambda event: event.at):
        moment = list(together)
        last = len(moment)
        while last > 1 and moment[last - 2].value == moment[-1].value:
            last -= 1
        kept += moment[last - 1 :]
    return kept


def without_unmapped_runs(events: list[Event]) -> list[Event]:
    """ "an unmapped run of any length between equal values is resumed".

    What follows it is its next value, and the one that the moment of that value comes to: "zero-
    length states leave the visits".
    """
    kept = []
    for place, event in enumerate(events):
        if event.value == UNMAPPED:
            before = next((one for one in reversed(events[:place]) if one.value != UNMAPPED), None)
            after = next((one for one in events[place:] if one.value != UNMAPPED), None)
            at_once = [one.value for one in events if after is not None and one.at == after.at]
            known = before.value if before is not None else None
            if known is not None and after is not None and known in (after.value, at_once[-1]):
                continue
        kept.append(event)
    return kept


def visits_of(events: list[Event], clear_set_minutes: int) -> list[Visit]:
    """The stays. "adjacent equal values are one visit (touch_count)".

    A value that comes back for no length of time resumes an unmapped run, too.
    """
    resumed = without_unmapped_runs(without_interruptions(events, clear_set_minutes))
    settled = standing(resumed)
    visits: list[Visit] = []
    current: Visit | None = None
    for event in settled:
        if current is not None and event.value == current.value:
            current.touches += event.what == "set"
        else:
            if current is not None:
                current.valid_to = event.at
            current = None
            if event.value is not None:
                current = Visit(event.value, event, event.at)
                visits.append(current)
    count_interruptions(visits, events, resumed, settled)
    return visits


def count_interruptions(
    visits: list[Visit], events: list[Event], resumed: list[Event], settled: list[Event]
) -> None:
    """ "Short clears, unmapped values and deletions the stay survived": one a resumption."""
    left = {id(event) for event in resumed}
    kept = {id(event) for event in settled}
    for visit in visits:
        is_interrupted = False
        began = next(place for place, event in enumerate(events) if event is visit.first)
        for event in events[began + 1 :]:
            if visit.valid_to is not None and event.at >= visit.valid_to:
                break
            if id(event) not in left:
                is_interrupted = is_interrupted or event.value in (None, UNMAPPED)
            elif id(event) in kept and event.value == visit.value:
                # What resumes a stay is the end of an interruption and not a touch.
                visit.interruptions += is_interrupted
                visit.touches -= is_interrupted and event.what == "set"
                is_interrupted = False


def moves_of(events: list[Event], clear_set_minutes: int) -> list[Move]:
    """The moves between mapped values, states without length included.

    "if the last value of a moment equals the stage before it, that moment leaves no transition";
    "unmapped is a visit but never a transition: the next mapped value is judged from the last
    mapped stage"; "A value set later than that moves from the last stage before the clear".
    """
    kept = without_interruptions(events, clear_set_minutes)
    known = [event for event in kept if event.value != UNMAPPED]
    moves: list[Move] = []
    stage: str | None = None
    in_force: str | None = None
    began: datetime | None = None
    for at, together in groupby(known, key=lambda event: event.at):
        moment = list(together)
        if moment[-1].value == stage:
            continue
        for event in moment:
            if event.value == stage:
                continue
            is_again = stage is None and event.value is not None and event.value == in_force
            moves.append(
                Move(
                    event=event,
                    from_value=in_force,
                    to_value=event.value,
                    stay_began_at=began if stage is not None else None,
                    is_again=is_again,
                    is_instant=stage is not None and began == at,
                )
            )
            stage = event.value
            in_force = event.value or in_force
            began = at
    return moves


def pairs(visits: list[Visit]) -> Iterator[tuple[Visit | None, Visit, Visit | None]]:
    """Each stay with the one before and the one after."""
    around: list[Visit | None] = [None, *visits, None]
    for place, visit in enumerate(visits):
        yield around[place], visit, around[place + 2]
