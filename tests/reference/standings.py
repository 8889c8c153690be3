"""Where each record of a person stands by itself, and what it took in."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.reference.changes import Mapped
from tests.reference.landed import Link
from tests.reference.policy import UNMAPPED, Policy


@dataclass(frozen=True)
class Stand:
    """A record's own last mapped stage; "off-funnel ranks 0"."""

    rank: int = 0
    is_sold: bool = False


@dataclass(frozen=True)
class Intake:
    """A record took another one in: merged, or converted; in chains at their last step."""

    taken: str
    taken_at: datetime | None


class Standings:
    """ "Stood = the record's own last non-empty mapped stage, whether it counted or not;
    off-funnel ranks 0; survivors and conversion targets inherit what they took in"."""

    def __init__(
        self,
        records: Iterable[str],
        merges: Iterable[Link],
        kinds_with_stages: set[tuple[str, str]],
        policy: Policy,
        is_away: Callable[[str, datetime], bool],
    ) -> None:
        """`is_away` says whether a record was deleted or left out; merges are known here."""
        self.policy = policy
        self.records = set(records)
        self.is_away = is_away
        self.window = timedelta(minutes=policy.settings["clear_set_minutes"])
        self.own: dict[str, tuple[datetime, Stand]] = {}
        self.born: set[str] = set()
        self.survivors = {link.record_id: link for link in merges}
        self.intakes: dict[str, list[Intake]] = defaultdict(list)
        self.merged_at: dict[str, datetime] = {}
        for record in self.records & self.survivors.keys():
            moments: list[datetime | None] = []
            seen = {record}
            last = record
            while last in self.survivors and self.survivors[last].linked_record_id not in seen:
                moments.append(self.survivors[last].linked_at)
                last = self.survivors[last].linked_record_id
                seen.add(last)
                told = None if None in moments else max(one for one in moments if one)
                self.intakes[last].append(Intake(record, told))
            source, kind, _ = last.split(":", 2)
            at = self.survivors[record].linked_at
            if at is not None and (source, kind) in kinds_with_stages:
                self.merged_at[record] = at

    def set(self, change: Mapped) -> None:
        """Note a value that was written on a record, whether it counted or not."""
        record = change.record.record_id
        self.born.add(record)
        stage = self.policy.stage(change.value, change.at)
        if change.value != UNMAPPED:
            rank = stage.rank if stage is not None and stage.rank is not None else 0
            self.own[record] = (change.at, Stand(rank, stage is not None and stage.is_sold))

    def is_after_merge(self, record: str, at: datetime) -> bool:
        """ "it is not more than clear_set_minutes later than the moment its record was merged
        away or converted, where the object of the surviving record lands stages at all"."""
        return record in self.merged_at and at - self.merged_at[record] > self.window

    def has_taken_in(self, record: str, at: datetime) -> bool:
        """Whether it had taken another record in by then."""
        return any(
            intake.taken_at is None or intake.taken_at <= at for intake in self.intakes[record]
        )

    def is_live(self, record: str, at: datetime) -> bool:
        """Neither deleted, nor left out, nor merged away."""
        merge = self.survivors.get(record)
        is_gone = merge is not None and (merge.linked_at is None or merge.linked_at <= at)
        return not is_gone and not self.is_away(record, at)

    def of(self, record: str, at: datetime) -> Stand:
        """Its own last stage, or since then the highest of those it took in."""
        own_at, own = self.own.get(record, (None, Stand()))
        stands = [own]
        for intake in self.intakes[record]:
            if intake.taken not in self.own:
                continue
            last_at, stand = self.own[intake.taken]
            # A merge of which nobody tells when is no older than what happened before it.
            taken_at = intake.taken_at or last_at
            if taken_at <= at and (own_at is None or taken_at >= own_at):
                stands.append(stand)
        return Stand(max(one.rank for one in stands), any(one.is_sold for one in stands))
