"""Which people carry a planted breach or near-miss: as many of the one as of the other."""

from collections.abc import Sequence

import duckdb

# How many breaches each pair wants: the rate's share of its pool. Where the pools of several
# pairs overlap they share the people, so that at a high rate no pair is left without any.
_WANTED = """
    with wishes as (
        select pools.pair_number, pools.kind, pools.person_id,
            $rate * pairs.weight / pair_counts.pair_count as share
        from (select distinct pair_number, kind, person_id from pools) as pools
        inner join pairs on pools.pair_number = pairs.pair_number
        inner join (select rule_code, count(*) as pair_count from pairs group by rule_code)
            as pair_counts on pairs.rule_code = pair_counts.rule_code
    ),
    loads as (
        select person_id, sum(cast(share * 1000000 as bigint)) / 1000000 as load
        from wishes group by person_id
    ),
    wanted as (
        select wishes.pair_number,
            sum(cast(1000000 * wishes.share * least(1, 0.8 / loads.load) as bigint))
                as wanted_millionths
        from wishes
        inner join loads on wishes.person_id = loads.person_id
        where wishes.kind = 'breach' and loads.load > 0
        group by wishes.pair_number
    )
    select pairs.pair_number, pairs.rule_code,
        cast(round(coalesce(wanted.wanted_millionths, 0) / 1000000) as bigint)
    from pairs
    left join wanted on pairs.pair_number = wanted.pair_number
    order by pairs.pair_number
"""


class PlanError(ValueError):
    """The plan cannot hold what was asked of it; the message says why."""


def plant(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    breach_rate: float,
    extra_plants: int,
    rule_codes: Sequence[str],
) -> None:
    """Fill `plants`, pair by pair, scarce stories first; extra breaches come last.

    `statement` inserts up to `$wanted` people of one pair and kind. Extra plants leave every
    other plant where it is. Raises `PlanError` where stories run out for the extra ones.
    """
    pairs = connection.execute(_WANTED, {"rate": breach_rate}).fetchall()
    unknown = sorted(set(rule_codes) - {rule_code for _, rule_code, _ in pairs})
    if unknown:
        raise PlanError(f"no plant exists for {', '.join(unknown)}")
    for number, _, wanted in pairs if breach_rate > 0 else ():
        near_misses = _plant_pair(connection, statement, number, "near_miss", max(1, wanted))
        breaches = _plant_pair(connection, statement, number, "breach", near_misses)
        _drop_surplus(connection, number, near_misses - breaches)
    for rule_code in (rule_codes or sorted({pair[1] for pair in pairs})) if extra_plants else ():
        missing = extra_plants
        for number in (pair[0] for pair in pairs if pair[1] == rule_code):
            missing -= _plant_pair(connection, statement, number, "breach", missing, is_extra=True)
        if missing:
            raise PlanError(
                f"only {extra_plants - missing} more stories allow a breach of {rule_code}; "
                "ask for fewer, or for more contacts"
            )


def _plant_pair(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    pair_number: int,
    kind: str,
    wanted: int,
    *,
    is_extra: bool = False,
) -> int:
    before = _count(connection)
    parameters = {"pair_number": pair_number, "kind": kind, "wanted": wanted, "is_extra": is_extra}
    connection.execute(statement, parameters)
    return _count(connection) - before


def _drop_surplus(connection: duckdb.DuckDBPyConnection, pair_number: int, surplus: int) -> None:
    connection.execute(
        """
        delete from plants where person_id in (
            select person_id from plants where pair_number = $pair_number and kind = 'near_miss'
            order by person_id limit $surplus
        )
        """,
        {"pair_number": pair_number, "surplus": max(surplus, 0)},
    )


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from plants").fetchone()
    return int(row[0]) if row else 0
