"""In which order values follow each other, as records were seen to move.

For each pair of values: the records that first reached one before the other. Whoever beats
more of the others in these pairs comes first; who beats as many is a tie, and ties are listed.
A stay between two equal values (a → b → a) tells no direction and is no reaching.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from duckdb import DuckDBPyConnection

from scripts.proposal.counts import Field
from scripts.raw_contract import literal

# A run of moves, adjacent equal values being one: old → new, in the order of time.
_MOVES = """
    with chosen (source_system, object_type, field) as (values {fields}),
    written as (
        select source_system, object_type, record_id, lower(value) as value, changed_at,
            lower(old_value) as old_value
        from landed_changes semi join chosen using (source_system, object_type, field)
        where value is not null
    ),
    numbered as (
        select *, row_number() over moments as place from written
        window moments as (
            partition by source_system, object_type, record_id order by changed_at, value
        )
    ),
    started as (
        select source_system, object_type, record_id, value, changed_at from written
        union all
        select source_system, object_type, record_id, old_value, changed_at - interval 1 second
        from numbered where place = 1 and old_value is not null
    ),
    runs as (
        select *, lag(value) over (
            partition by source_system, object_type, record_id order by changed_at, value
        ) as before
        from started
    ),
    stays as (
        select *, lead(value) over (
            partition by source_system, object_type, record_id order by changed_at, value
        ) as after
        from runs where before is distinct from value
    )
"""


@dataclass(frozen=True)
class Move:
    """How often records went from one value to another."""

    from_value: str
    to_value: str
    move_count: int


@dataclass(frozen=True)
class Order:
    """Values from first to last; `ties` are neighbours that the moves cannot tell apart.

    Values whose moves tell no direction are in none of these.
    """

    values: tuple[str, ...]
    positions: dict[str, float]
    ties: tuple[tuple[str, str], ...]
    firsts: dict[tuple[str, str], int]

    def precedence(self, one: str, other: str) -> float:
        """Share of the records with both that reached `one` first; 0.5 where there are none."""
        before, after = self.firsts.get((one, other), 0), self.firsts.get((other, one), 0)
        return before / (before + after) if before + after else 0.5

    def seen_together(self, one: str, other: str) -> int:
        """Records that had both values, one before the other."""
        return self.firsts.get((one, other), 0) + self.firsts.get((other, one), 0)


def moves(connection: DuckDBPyConnection, fields: Sequence[Field]) -> list[Move]:
    """From → to with counts, the most frequent first."""
    if not fields:
        return []
    rows = connection.execute(
        _MOVES.format(fields=_listed(fields))
        + """
        select before, value, count(*) from stays where before is not null
        group by all order by 3 desc, 1, 2
        """
    ).fetchall()
    return [Move(*row) for row in rows]


def observed_order(connection: DuckDBPyConnection, fields: Sequence[Field]) -> Order:
    """The order of all values of these fields by who is reached first."""
    if not fields:
        return Order((), {}, (), {})
    firsts = (
        _MOVES.format(fields=_listed(fields))
        + """,
    entered as (
        select source_system, object_type, record_id, value, min(changed_at) as entered_at
        from stays where before is null or before is distinct from after group by all
    )
    """
    )
    pairs = connection.execute(
        firsts
        + """
        select earlier.value, later.value, count(*) from entered as earlier
        inner join entered as later using (source_system, object_type, record_id)
        where earlier.entered_at < later.entered_at and earlier.value <> later.value
        group by all
        """
    ).fetchall()
    places = connection.execute(
        firsts
        + """,
        placed as (
            select value, percent_rank() over (
                partition by source_system, object_type, record_id order by entered_at
            ) as place
            from entered
        )
        select value, avg(place) from placed group by value order by value
        """
    ).fetchall()
    return order_of(dict(places), {(one, other): count for one, other, count in pairs})


def order_of(positions: dict[str, float], firsts: dict[tuple[str, str], int]) -> Order:
    """Values by the pairs they win (net flow), then by mean position, then by name.

    Then no neighbours stay in an order that most records contradict (local Kemenization: Dwork,
    Kumar, Naor and Sivakumar, Rank aggregation methods for the web, 2001).
    """
    net = dict.fromkeys(positions, 0)
    for one, other in combinations(sorted(positions), 2):
        flow = firsts.get((one, other), 0) - firsts.get((other, one), 0)
        sign = (flow > 0) - (flow < 0)
        net[one] += sign
        net[other] -= sign
    ordered = sorted(positions, key=lambda value: (-net[value], positions[value], value))
    for last in range(1, len(ordered)):
        for place in range(last, 0, -1):
            one, other = ordered[place - 1 : place + 1]
            if firsts.get((other, one), 0) <= firsts.get((one, other), 0):
                break
            ordered[place - 1 : place + 1] = [other, one]
    ties = tuple(
        (one, other)
        for one, other in combinations(ordered, 2)
        if net[one] == net[other] and firsts.get((one, other), 0) == firsts.get((other, one), 0)
    )
    return Order(tuple(ordered), positions, ties, firsts)


def _listed(fields: Sequence[Field]) -> str:
    return ", ".join(f"({', '.join(map(literal, field))})" for field in sorted(set(fields)))
