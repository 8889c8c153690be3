"""The policy as the reference reads it: the seeds' rows, asked by a moment."""

# A policy lives as long as the tests that ask it.
# ruff: noqa: B019

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

UNMAPPED = "unmapped"
OFF_FUNNEL = {"recycled", "disqualified", "lost", "churned"}
SOLD = {"customer", "advocate"}

Row = dict[str, str]


@dataclass(frozen=True)
class Stage:
    """A lifecycle stage as it is in force at a moment."""

    name: str
    role: str
    rank: int | None
    is_required: bool

    @property
    def is_off_funnel(self) -> bool:
        """Recycled, disqualified, lost and churned are not places in the funnel."""
        return self.role in OFF_FUNNEL

    @property
    def is_sold(self) -> bool:
        """ "role customer or above"."""
        return self.role in SOLD


@dataclass(frozen=True, eq=False)
class Policy:
    """The seeds that identity, timelines and person stages need.

    What is asked again and again is remembered, by the day that decides it.
    """

    stages: list[Row]
    mappings: list[Row]
    authority: list[Row]
    sources: list[Row]
    teams: list[Row]
    exclusions: list[Row]
    shared: set[tuple[str, str]]
    settings: dict[str, int]

    def stage(self, name: str | None, at: datetime) -> Stage | None:
        """The stage of that name in force at a moment."""
        return self._stage(name, at.date())

    @cache
    def _stage(self, name: str | None, at: date) -> Stage | None:
        for row in in_force(self.stages, at):
            if row["lifecycle_stage"] == name and row["is_active"] == "true":
                rank = int(row["rank"]) if row["rank"] else None
                return Stage(name, row["stage_role"], rank, row["is_required"] == "true")
        return None

    def required_between(self, low: int, high: int, at: datetime) -> int:
        """How many required stages lie strictly between two ranks."""
        return self._required_between(low, high, at.date())

    @cache
    def _required_between(self, low: int, high: int, at: date) -> int:
        stages = [self._stage(row["lifecycle_stage"], at) for row in in_force(self.stages, at)]
        return sum(
            stage is not None
            and stage.is_required
            and stage.rank is not None
            and low < stage.rank < high
            for stage in set(stages)
        )

    def acceptance_rank(self, at: datetime) -> int | None:
        """Acceptance = entry to the lowest-ranked role above mql that the policy has."""
        return self._acceptance_rank(at.date())

    @cache
    def _acceptance_rank(self, at: date) -> int | None:
        stages = [self._stage(row["lifecycle_stage"], at) for row in in_force(self.stages, at)]
        ranked = {stage.role: stage.rank for stage in stages if stage and stage.rank is not None}
        above = [rank for rank in ranked.values() if "mql" in ranked and rank > ranked["mql"]]
        return min(above, default=None)

    def mapped(self, concept: str, source: str, value: str | None, at: datetime) -> str | None:
        """Mapped by the mapping in force: unknown is unmapped, empty is none.

        Owners and deal stages are their own values. A source's own row wins over `any`.
        """
        if value is None or not value.strip():
            return None
        return self._mapped(concept, source, value, at.date())

    @cache
    def _mapped(self, concept: str, source: str, value: str, at: date) -> str:
        if concept not in {row["concept"] for row in self.mappings}:
            return value
        key = value.strip().lower()
        rows = [
            row
            for row in in_force(self.mappings, at)
            if row["concept"] == concept and row["source_value"].strip().lower() == key
        ]
        return own_or_any(rows, source, "value") or UNMAPPED

    def has_authority(self, source: str, value: str, at: datetime) -> bool:
        """A source without rows has authority over everything."""
        rows = [row for row in self.authority if row["source_system"] == source]
        return not rows or any(row["lifecycle_stage"] == value for row in in_force(rows, at.date()))

    @cache
    def change_kind(self, source: str, change_source: str | None) -> str | None:
        """human, automation, bulk or propagated, as change_sources says."""
        key = (change_source or "").strip().lower()
        rows = [row for row in self.sources if row["change_source"].strip().lower() == key]
        return own_or_any(rows, source, "actor_kind")

    @cache
    def team(self, source: str, source_team: str | None) -> str | None:
        """The policy's team for a team of the source."""
        key = (source_team or "").strip().lower()
        rows = [row for row in self.teams if row["source_team"].strip().lower() == key]
        return own_or_any(rows, source, "team")


def own_or_any(rows: Iterable[Row], source: str, column: str) -> str | None:
    """What the source's own row says, else the row for any source."""
    found = {row["source_system"]: row[column] for row in rows}
    return found.get(source, found.get("any"))


def in_force(rows: Iterable[Row], at: date) -> list[Row]:
    """The rows whose days hold that day; an empty bound is no bound."""
    day = at.isoformat()
    return [
        row
        for row in rows
        if (not row["valid_from"] or row["valid_from"] <= day)
        and (not row["valid_to"] or day < row["valid_to"])
    ]


def read_policy(folder: Path) -> Policy:
    """The policy of a folder of seeds."""

    def rows(seed: str) -> list[Row]:
        with (folder / f"{seed}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return Policy(
        stages=rows("lifecycle_stages"),
        mappings=rows("value_mappings"),
        authority=rows("stage_authority"),
        sources=rows("change_sources"),
        teams=rows("team_mappings"),
        exclusions=rows("record_exclusions"),
        shared={(row["address_kind"], row["address"]) for row in rows("shared_addresses")},
        settings={
            row["threshold_name"]: int(row["threshold_value"])
            for row in rows("rule_thresholds")
            if row["rule_code"] == "ALL" and row["threshold_value"]
        },
    )
