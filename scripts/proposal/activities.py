"""What types of activity mean: those that the policy knows, those a word tells, and questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import ValueUse, rows_of
from scripts.proposal.findings import Finding, Question, value_finding
from scripts.proposal.people import FORM_WORTH
from scripts.proposal.policy import DECIDED, Policy, SeedRow
from scripts.proposal.words import NOTHING, Match, is_digest, match

# What a row says of an activity; a row for a new type takes it over from a known one.
WORTH = ("priority", "signal", "points", "is_decisive", "is_two_way", "is_sales")
# A row to decide: where it stands among others, and what it is worth until somebody says more.
UNTOLD = ("50", "?", "0", "false", "false", "false")
EVER = ("0001-01-01", "9999-12-31")


@dataclass(frozen=True)
class TypeUse:
    """One type of activity of one source, compared without case."""

    source_system: str
    value: str
    use_count: int
    inbound_count: int
    record_count: int
    first_at: datetime
    last_at: datetime


def type_uses(connection: DuckDBPyConnection) -> list[TypeUse]:
    """Every type that landed activities have, the most frequent first."""
    rows = rows_of(
        connection,
        """
        select source_system, mode(trim(activity_type) order by trim(activity_type)) as value,
            count(*) as use_count,
            count(*) filter (where direction = 'inbound') as inbound_count,
            count(distinct record_id) as record_count,
            min(occurred_at::timestamp) as first_at, max(occurred_at::timestamp) as last_at
        from landed_activities where trim(activity_type) <> '' and occurred_at is not null
        group by source_system, lower(trim(activity_type))
        order by use_count desc, lower(value)
        """,
    )
    return [TypeUse(**row) for row in rows]


def rows_for(use: TypeUse, policy: Policy) -> list[SeedRow]:
    """The policy's rows for a type: none unless its first and its last use are in force."""
    rows = [
        row
        for row in policy["activity_types"].rows
        if row["source_system"] in (use.source_system, "any")
        and row["activity_type"].strip().lower() == use.value.lower()
    ]
    days = (f"{use.first_at:%Y-%m-%d}", f"{use.last_at:%Y-%m-%d}")
    return rows if all(any(_is_in_force(row, day) for row in rows) for day in days) else []


def _is_in_force(row: Mapping[str, str], day: str) -> bool:
    return (row["valid_from"] or EVER[0]) <= day < (row["valid_to"] or EVER[1])


def activity_types(connection: DuckDBPyConnection, policy: Policy) -> list[Finding]:
    """A finding a type, and one more for a direction that the words' type tells apart."""
    return [
        finding
        for use in type_uses(connection)
        if not is_digest(use.value)
        for finding in _findings(use, policy)
    ]


def _findings(use: TypeUse, policy: Policy) -> Iterator[Finding]:
    if known := rows_for(use, policy):
        decided = [row for row in known if row.get(DECIDED)]
        row = _widest(decided or known)
        basis = DECIDED if decided else "known id"
        yield _finding(use, Match(row["signal"], 1.0, basis), row)
        return
    found = match("activity", use.value)
    like = _rows_like(found, policy)
    if not like:
        yield _finding(use, NOTHING, _row(use, "any", UNTOLD))
        return
    widest = _widest(like)
    # Only what is sure may come in two rows: a question is one row to paste.
    directed = [row for row in like if row["direction"] == "inbound"] if found.is_sure else []
    for row in (widest, *(directed[:1] if use.inbound_count else ())):
        told = Match(row["signal"], found.confidence, f"{found.basis}: {found.value}")
        cells = [row[name] for name in WORTH] if found.is_sure else UNTOLD
        finding = _finding(use, told, _row(use, row["direction"], cells))
        yield (
            finding
            if row is widest
            else replace(finding, label=row["direction"], row_count=use.inbound_count)
        )


def _rows_like(found: Match, policy: Policy) -> list[SeedRow]:
    """Rows of the type that a word means; what is like a form is worth what the form is."""
    if found.value in FORM_WORTH:
        signal, points, is_decisive = FORM_WORTH[found.value]
        worth = ("50", signal, points, is_decisive, "false", "false")
        return [{"direction": "any", "asset_pattern": "%", **dict(zip(WORTH, worth, strict=True))}]
    return [
        row
        for row in policy["activity_types"].rows
        if row["activity_type"] == found.value
        and row["asset_pattern"] == "%"
        and not row["valid_to"]
    ]


def _widest(rows: Sequence[SeedRow]) -> SeedRow:
    """The row that holds for every asset and direction, or comes nearest to that."""
    return max(
        rows,
        key=lambda row: (row["asset_pattern"] == "%", row["direction"] == "any"),
    )


def _row(use: TypeUse, direction: str, worth: Iterable[str]) -> SeedRow:
    return {
        "source_system": use.source_system,
        "activity_type": use.value,
        "asset_pattern": "%",
        "direction": direction,
        **dict(zip(WORTH, worth, strict=True)),
    }


def _finding(use: TypeUse, found: Match, row: SeedRow) -> Finding:
    value = ValueUse(
        use.source_system, "activity", "activity_type", use.value, None, use.use_count,
        use.record_count, use.use_count, use.first_at, use.last_at, None, None, None, None,
    )  # fmt: skip
    # An activity without a record is one of a deal or an account: its type is asked all the same.
    question = Question("activity_types", "activity_type", asks_unused=True)
    return value_finding(question, value, found, row)
