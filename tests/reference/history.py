"""The reference as a whole: landed rows and a policy in, rows of the history marts out."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.reference.absences import (
    Absence,
    absences_of_person,
    absences_of_records,
    deletions_of_records,
    is_away,
)
from tests.reference.changes import Key, Mapped, changes_of_records
from tests.reference.exclusions import is_excluded
from tests.reference.identity import PERSON_KINDS, bridge, clusters, md5
from tests.reference.landed import Landed, Record
from tests.reference.links import links_of_people
from tests.reference.movement import cycles_of, movement_of, stages_skipped
from tests.reference.person import fates_of_changes
from tests.reference.policy import Policy
from tests.reference.propagation import origins
from tests.reference.standings import Standings
from tests.reference.timeline import Event, Visit, moves_of, pairs, visits_of, with_absences

Row = dict[str, object]


@dataclass
class History:
    """Rows of the marts, by the marts' own columns."""

    bridge_person_records: list[Row]
    fct_stage_visits: list[Row]
    fct_stage_transitions: list[Row]
    fct_status_visits: list[Row]
    fct_owner_visits: list[Row]
    fct_deal_stage_visits: list[Row]
    fates: Counter[tuple[str, datetime, str]]


def history_of(landed: Landed, policy: Policy) -> History:
    """Everything."""
    records = {
        record.record_id: record
        for record in landed.records
        if record.created_at is None or record.created_at <= landed.as_of
    }
    people = [record for record in records.values() if record.kind in PERSON_KINDS]
    eldest = clusters(people, links_of_people(landed, people, policy))
    left_out = {one.record_id for one in people if is_excluded(one, landed.as_of, policy)}
    changes = changes_of_records(landed, policy)
    teller = Teller(landed, policy, eldest, left_out, origins(changes, eldest, policy))
    teller.kinds_with_stages = {
        (of[0].record.source, of[0].record.kind)
        for (_, concept), of in changes.items()
        if concept == "lifecycle_stage"
    }
    history = History(
        bridge_person_records=bridge(eldest, left_out),
        fct_stage_visits=[],
        fct_stage_transitions=[],
        fct_status_visits=teller.visits_of_records(changes, "lead_status"),
        fct_owner_visits=teller.visits_of_records(changes, "owner"),
        fct_deal_stage_visits=teller.visits_of_records(changes, "deal_stage"),
        fates=Counter(),
    )
    members: dict[str, list[Record]] = defaultdict(list)
    for record in people:
        members[eldest[record.record_id]].append(record)
    for first, cluster in members.items():
        teller.tell_person(first, cluster, changes, history)
    return history


class Teller:
    """Turns timelines into rows."""

    def __init__(
        self,
        landed: Landed,
        policy: Policy,
        eldest: dict[str, str],
        left_out: set[str],
        origins: dict[int, Mapped],
    ) -> None:
        self.origins = origins
        self.landed = landed
        self.policy = policy
        self.eldest = eldest
        self.left_out = left_out
        self.clear_set_minutes = policy.settings["clear_set_minutes"]
        self.deletions = deletions_of_records(landed, policy)
        self.absences = absences_of_records(landed, policy)
        self.kinds_with_stages: set[tuple[str, str]] = set()
        self.teams: dict[str, list[tuple[datetime, str | None]]] = defaultdict(list)
        for seen in sorted(landed.teams, key=lambda seen: seen.observed_at):
            team = policy.team(seen.source, seen.team)
            self.teams[seen.user_id].append((seen.observed_at, team))

    def team_at(self, user: str | None, at: datetime) -> str | None:
        """ "team = primary team in the observed user history at that moment, before the first load
        the earliest observed"."""
        seen = self.teams.get(user or "", [])
        before = [team for observed_at, team in seen if observed_at <= at]
        return before[-1] if before else seen[0][1] if seen else None

    def visits_of_records(self, changes: dict[Key, list[Mapped]], concept: str) -> list[Row]:
        """Stays of single records or deals."""
        column = {"owner": "owner_id"}.get(concept, concept)
        rows = []
        for (record_id, of), ordered in changes.items():
            if of != concept or record_id in self.left_out:
                continue
            record = ordered[0].record
            is_person = record.kind in PERSON_KINDS
            # "merging a record away is not a deletion": its own stays go on.
            events = self.events(ordered, self.deletions.get(record_id, []))
            for row in self.visit_rows(visits_of(events, self.clear_set_minutes), column):
                row["person_id"] = md5(self.eldest[record_id]) if is_person else None
                row["deal_id"] = record_id if record.kind == "deal" else None
                row["record_id"] = None if record.kind == "deal" else record_id
                rows.append(row)
        return rows

    def events(self, changes: Iterable[Mapped], absences: Iterable[Absence]) -> list[Event]:
        """What happened to a subject, in order."""
        events = [
            Event(one.at, one.value, one.record.record_id, self.as_done(one)) for one in changes
        ]
        return with_absences(events, absences)

    def as_done(self, change: Mapped) -> Mapped:
        """The change with the actor whom another source knows, where a sync carried it over."""
        origin = self.origins.get(id(change))
        if origin is None:
            return change
        return replace(
            change, actor=origin.actor, actor_kind=origin.actor_kind, is_bulk=origin.is_bulk
        )

    def visit_rows(self, visits: list[Visit], column: str) -> list[Row]:
        """The rows of one subject's stays."""
        seen: Counter[str] = Counter()
        rows: list[Row] = []
        for number, (before, visit, after) in enumerate(pairs(visits), start=1):
            seen[visit.value] += 1
            change = visit.first.change
            until = visit.valid_to or self.landed.as_of
            rows.append(
                {
                    "record_id": visit.first.record_id,
                    column: visit.value,
                    f"previous_{column}": before.value if before else None,
                    f"next_{column}": after.value if after else None,
                    **self.actor(visit.first, "entered_by_id", "entered_by_team"),
                    "entered_by_kind": self.kind(visit.first),
                    "source_value": change.source_value if change else None,
                    "visit_number": number,
                    "visit_of_value_number": seen[visit.value],
                    "touch_count": visit.touches,
                    "interruption_count": visit.interruptions,
                    "stay_days": days(until - visit.valid_from),
                    "is_open": visit.valid_to is None,
                    "is_start_inferred": change.is_inferred if change else False,
                    "is_bulk": change.is_bulk if change else False,
                    "is_gap_before": change.is_gap if change else False,
                    "is_observed": (change or visit.first.author).known_by == "observed",
                    "entered_after_at": None if change else visit.first.author.changed_after,
                    "valid_from": visit.valid_from,
                    "valid_to": visit.valid_to,
                }
            )
        return rows

    def actor(self, event: Event, id_column: str, team_column: str) -> Row:
        """Who did it and in which team then."""
        actor = event.change.actor if event.change else event.author.actor
        return {id_column: actor, team_column: self.team_at(actor, event.at)}

    def kind(self, event: Event) -> str:
        """What kind of actor."""
        return event.change.actor_kind if event.change else event.author.actor_kind

    def tell_person(
        self,
        first: str,
        cluster: list[Record],
        changes: dict[Key, list[Mapped]],
        history: History,
    ) -> None:
        """Add the rows of one person's stays and moves."""
        by_id = {record.record_id: record for record in cluster}
        of_records = {
            record_id: changes.get((record_id, "lifecycle_stage"), []) for record_id in by_id
        }
        fates = fates_of_changes(
            [one for some in of_records.values() for one in some],
            self.policy,
            lambda record, at: is_away(self.deletions.get(record, []), at),
            lambda record, at: is_excluded(by_id[record], at, self.policy),
            Standings(
                by_id,
                self.landed.merges,
                self.kinds_with_stages,
                self.policy,
                lambda record, at: (
                    is_away(self.deletions.get(record, []), at)
                    or is_excluded(by_id[record], at, self.policy)
                ),
            ),
        )
        for one, fate in fates:
            history.fates[one.record.record_id, one.at, fate] += 1
        lives = {
            record.record_id: min(
                [record.created_at or datetime.min]
                + [one.at for one in of_records[record.record_id][:1]]
            )
            for record in cluster
            if record.record_id not in self.left_out
        }
        absences = absences_of_person(lives, self.absences, self.deletions)
        events = self.events([one for one, fate in fates if fate == "counted"], absences)
        for row in self.visit_rows(visits_of(events, self.clear_set_minutes), "lifecycle_stage"):
            history.fct_stage_visits.append(row | {"person_id": md5(first)})
        moves = moves_of(events, self.clear_set_minutes)
        for place, (move, cycle) in enumerate(
            zip(moves, cycles_of(moves, self.policy), strict=True)
        ):
            change = move.event.change
            began = move.stay_began_at
            stay_days = None if began is None else days(move.event.at - began)
            history.fct_stage_transitions.append(
                {
                    "person_id": md5(first),
                    "record_id": move.event.record_id,
                    "from_stage": move.from_value,
                    "to_stage": move.to_value,
                    "movement": movement_of(move, place == 0, self.policy),
                    **self.actor(move.event, "actor_id", "actor_team"),
                    "actor_kind": self.kind(move.event),
                    "source_value": change.source_value if change else None,
                    "from_stage_days": stay_days,
                    "transition_number": place + 1,
                    "stages_skipped_count": stages_skipped(move, self.policy),
                    "cycle_number": cycle,
                    "is_bulk": change.is_bulk if change else False,
                    "is_inferred": change.is_inferred if change else False,
                    "is_instant": move.is_instant,
                    "is_observed": (change or move.event.author).known_by == "observed",
                    "changed_after_at": None if change else move.event.author.changed_after,
                    "transitioned_on": move.event.at.date(),
                    "transitioned_at": move.event.at,
                }
            )


def days(length: timedelta) -> float:
    """A length in days."""
    return length / timedelta(days=1)
