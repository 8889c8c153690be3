"""Everything the report knows, read from the warehouse in one go."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from scripts.places import CannotRunError, name_for_people, policy_in_force
from scripts.reporting import queries
from scripts.reporting.wording import month, reason

Row = dict[str, Any]
# A page is read by people: the whole list is marts.fct_rule_violations.
WORKLIST_LIMITS: Row = {"team_limit": 15, "rule_limit": 4}


@dataclass(frozen=True)
class Headline:
    """One of the mission's five measurements; a rate always has its two counts beside it."""

    title: str
    question: str
    numerator: int
    denominator: int
    of_what: str
    note: str = ""

    @property
    def rate(self) -> float | None:
        """Numerator over denominator, or None where there is nobody to divide by."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def said(self) -> str:
        """441 of 580 of what; where there is nobody to divide by, perhaps why."""
        counts = f"{self.numerator:,} of {self.denominator:,} {self.of_what}"
        return counts if self.denominator else self.note or counts


@dataclass(frozen=True)
class Facts:
    """The answers to the report's questions. Rows are dicts by column name."""

    is_demo: bool
    warehouse: str
    as_of: datetime
    time_zone: str
    period_on: date
    policy: str
    sources: list[Row]
    empty_roles: list[Row]
    unmapped: list[Row]
    headlines: tuple[Headline, ...]
    stages: list[Row]
    aging: list[Row]
    acceptance: list[Row]
    reasons: list[Row]
    rules: list[Row]
    worklist: list[Row]
    cohorts: list[Row]
    not_judged: list[Row]
    loads: list[Row]
    rejects: list[Row]

    @property
    def over_tolerance(self) -> list[Row]:
        """The rules that are broken more often than the team accepts."""
        return [rule for rule in self.rules if rule["status"] == "red"]

    @property
    def changes(self) -> Row:
        """Violations of all rules that are new, repaired and unchanged since the last run."""
        names = ("new_count", "repaired_count", "unchanged_count")
        told = [rule for rule in self.rules if rule["new_count"] is not None]
        return {name: sum(rule[name] for rule in told) if told else None for name in names}

    @property
    def rejecting(self) -> list[Row]:
        """The newest load of each source, where it rejected records."""
        newest = {load["source"]: load for load in reversed(self.loads)}
        return [newest[source] for source in sorted(newest) if newest[source]["rejected_count"]]


def read_facts(warehouse: Path) -> Facts:
    """Ask every question; raises `CannotRunError` where the marts are not there."""
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            return _read(connection, warehouse)
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        raise CannotRunError(f"cannot read {name_for_people(warehouse)}: {first_line}") from None


def _read(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> Facts:
    moments = _rows(connection, queries.AS_OF)
    if not moments or moments[0]["as_of"] is None:
        raise CannotRunError(f"{name_for_people(warehouse)} holds no build: run dbt build first")
    as_of = moments[0]["as_of"]
    period_on = date(as_of.year - 1, as_of.month, 1)
    period = {"period": period_on}
    reasons = _rows(connection, queries.REASONS, period)
    return Facts(
        is_demo=bool(_rows(connection, queries.IS_DEMO)[0]["is_demo"]),
        warehouse=name_for_people(warehouse),
        as_of=as_of,
        time_zone=moments[0]["time_zone"],
        period_on=period_on,
        policy=policy_in_force(),
        sources=_rows(connection, queries.SOURCES),
        empty_roles=_rows(connection, queries.EMPTY_ROLES),
        unmapped=_rows(connection, queries.UNMAPPED),
        headlines=tuple(_headlines(connection, period, reasons)),
        stages=_rows(connection, queries.STAGES),
        aging=_rows(connection, queries.AGING_BY_TEAM),
        acceptance=_rows(connection, queries.ACCEPTANCE_BY_MONTH, period),
        reasons=reasons,
        rules=_rules(connection),
        worklist=_rows(connection, queries.WORKLIST, WORKLIST_LIMITS),
        cohorts=_rows(connection, queries.COHORTS, period),
        not_judged=_rows(connection, queries.NOT_JUDGED),
        loads=_rows(connection, queries.LOADS),
        rejects=_rows(connection, queries.REJECTS),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Row | None = None
) -> list[Row]:
    result = connection.execute(query, parameters or {})
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _rules(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every rule, with its first violations and what has changed since the last run."""
    has_runs = _rows(connection, queries.HAS_RUNS)[0]["has_runs"]
    runs = _rows(connection, queries.LAST_RUN) if has_runs else []
    changes = {row.pop("rule_code"): row for row in runs}
    unknown = {"new_count": None, "repaired_count": None, "unchanged_count": None}
    violations: dict[str, list[Row]] = {}
    for row in _rows(connection, queries.FIRST_VIOLATIONS):
        violations.setdefault(row["rule_code"], []).append(row)
    return [
        {
            **rule,
            **changes.get(rule["rule_code"], unknown),
            "first_violations": violations.get(rule["rule_code"], []),
        }
        for rule in _rows(connection, queries.RULES)
    ]


def _headlines(
    connection: duckdb.DuckDBPyConnection, period: Row, reasons: list[Row]
) -> Iterator[Headline]:
    def counts(query: str, parameters: Row | None = None) -> Row:
        rows = _rows(connection, query, parameters)
        return {name: int(value or 0) for name, value in rows[0].items()} if rows else {}

    labels = {row["stage_role"]: row["label"] for row in _rows(connection, queries.LABELS)}
    landed = {row["concept"] for row in _rows(connection, queries.LANDED_CONCEPTS)}
    since = f"since {month(period['period'])}"
    found = counts(queries.COMPLETENESS)
    has_stages = found.get("numerator", 0) > 0 or landed & {"lifecycle_stage", "stage_date"}
    yield Headline(
        "Stage completeness",
        "How many people have a valid lifecycle stage?",
        found.get("numerator", 0),
        found.get("denominator", 0) if has_stages or found.get("unmapped_count") else 0,
        "people have a valid stage",
        f"{found.get('missing_count', 0):,} without a stage, "
        f"{found.get('unmapped_count', 0):,} with an unknown value"
        if has_stages or found.get("unmapped_count")
        else "no field with lifecycle stages has landed: field_mappings says which it is",
    )
    found = counts(queries.AGING)
    yield Headline(
        "Stage aging",
        "How many are in their stage longer than it allows?",
        found.get("numerator", 0),
        found.get("denominator", 0),
        "people in a stage with a limit are overdue",
        "the limit of each stage is the policy's",
    )
    found = counts(queries.ACCEPTANCE, period)
    yield Headline(
        "MQL acceptance",
        f"How many of those offered as {labels.get('mql', 'MQL')} does sales accept?",
        found.get("numerator", 0),
        found.get("denominator", 0),
        f"offered {since} were accepted",
        f"{found.get('pending_count', 0):,} still undecided"
        if "mql" in labels
        else "the policy has no stage of role mql",
    )
    given = [row for row in reasons if row["reason_code"] != "none"]
    no_reason: Row = {"reason_code": "none", "rejection_count": 0, "total_count": 0}
    # Nobody can give a reason where there is no field for one: that is no share of anything.
    has_reasons = bool(given) or "rejection_reason" in landed
    top = reasons[0] if reasons and has_reasons else no_reason
    yield Headline(
        "Rejection reasons",
        "Why are leads turned down most often?",
        int(top["rejection_count"]),
        int(top["total_count"]),
        f"rejections {since}: {reason(top['reason_code'])}",
        f"{len(given)} different {'reason' if len(given) == 1 else 'reasons'} given"
        if has_reasons
        else "no field with rejection reasons has landed: field_mappings says which it is",
    )
    found = counts(queries.OPPORTUNITIES, period)
    yield Headline(
        "Opportunity creation",
        f"How many become pipeline within 90 days of {labels.get('sql', 'SQL')}?",
        found.get("numerator", 0),
        found.get("denominator", 0),
        f"{since} became an opportunity",
        "only those whose 90 days have passed"
        if "sql" in labels
        else "the policy has no stage of role sql",
    )
