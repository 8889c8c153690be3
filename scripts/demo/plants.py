"""Which people carry a planted breach or near-miss: as many of the one as of the other."""

from collections.abc import Sequence

import duckdb


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
    pairs = connection.execute(
        """
        select pair_number, rule_code,
            weight / count(*) over (partition by rule_code) as share,
            (select count(distinct pools.person_id) from pools
             where pools.pair_number = pairs.pair_number and pools.kind = 'breach') as pool_size
        from pairs order by pair_number
        """
    ).fetchall()
    unknown = sorted(set(rule_codes) - {rule_code for _, rule_code, _, _ in pairs})
    if unknown:
        raise PlanError(f"no plant exists for {', '.join(unknown)}")
    for number, _, share, pool_size in pairs if breach_rate > 0 else ():
        wanted = max(1, round(breach_rate * share * pool_size))
        near_misses = _plant_pair(connection, statement, number, "near_miss", wanted)
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
