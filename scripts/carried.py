"""Columns that the newest row's files did not have keep the newest value from files that did.

A thin export after a whole sync, a second connector that lands fewer fields: their rows are newer,
and empty where they were never asked. A column that stood in the file and is empty was cleared; one
that did not stand there says nothing, so the value that was told last goes on. Raw tables and
superseded versions stay as landed: only the views of the newest rows carry values over.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from duckdb import DuckDBPyConnection

from scripts.raw_contract import literal, quoted

# By source and contract table: sets of columns (in small letters), each with the loads that had it.
Landings = Mapping[tuple[str, str], Mapping[frozenset[str], frozenset[str]]]
# Columns of a row itself, never of another: whether it was deleted, and the connector's stamps.
_OF_THE_ROW = ("_fivetran_deleted", "is_deleted", "deleted_at")
_NAMED = re.compile(r'"((?:[^"]|"")+)"')


def read_landings(connection: DuckDBPyConnection) -> Landings:
    """Which loads had which columns, as the loader noted it."""
    rows = connection.execute(
        """
        select source, table_name, columns, list(load_id) from (
            select
                source, table_name, load_id,
                list(distinct lower(column_name) order by lower(column_name)) as columns
            from raw_meta.load_columns group by all
        )
        group by all
        """
    ).fetchall()
    landings: dict[tuple[str, str], dict[frozenset[str], frozenset[str]]] = {}
    for source, table, columns, loads in rows:
        landings.setdefault((source, table), {})[frozenset(columns)] = frozenset(loads)
    return landings


def lacking(
    cells: Mapping[str, str],
    landed: Mapping[frozenset[str], frozenset[str]],
    current: Collection[str],
    loads: Collection[str],
    never: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """By name, the `loads` whose files had none of the columns that the name's SQL reads.

    Only where one of them brought a `current` row: else there is nothing to carry over.
    """
    silent: dict[str, frozenset[str]] = {}
    for name, cell in cells.items():
        if name in never or name.startswith("_") or name in _OF_THE_ROW:
            continue
        places = {place.lower() for place in _NAMED.findall(cell)}
        # What comes from a joined table or a list is told wherever the row is.
        if any("." in place or place == "item" for place in places):
            continue
        silent[name] = frozenset(loads).intersection(
            chain.from_iterable(group for columns, group in landed.items() if not columns & places)
        )
    return {
        name: tuple(sorted(group))
        for name, group in silent.items()
        if not group.isdisjoint(current)
    }


def is_silent(gaps: Sequence[Mapping[str, tuple[str, ...]]], name: str, alias: str) -> str | None:
    """SQL: the row of `alias` is of a load that did not have the column; None where all had it."""
    conditions = [
        f"({alias}._shape = {number} and {alias}._load_id in "
        f"({', '.join(map(literal, of_shape[name]))}))"
        for number, of_shape in enumerate(gaps)
        if of_shape.get(name)
    ]
    return " or ".join(conditions) or None


def with_carried(
    held: str,
    versions: Sequence[str],
    identity: Sequence[str],
    modified_at: str | None,
    gaps: Sequence[Mapping[str, tuple[str, ...]]],
) -> str:
    """SQL: the rows of `held`, the columns of `gaps` filled from the newest version that tells.

    `held` and `versions` have `_shape`, `_load_id`, `_loaded_at` and `_seen_at`; `gaps` are the
    loads by column that lack it, one mapping a shape.
    """
    names = sorted({name for of_shape in gaps for name in of_shape})
    loads = sorted({load for of_shape in gaps for group in of_shape.values() for load in group})
    stamp = f"coalesce({quoted(modified_at)}, _seen_at)" if modified_at else "_seen_at"
    same = " and ".join(
        f"{{0}}.{quoted(key)} is not distinct from {{1}}.{quoted(key)}" for key in identity
    )
    told = ", ".join(
        f"arg_max(struct_pack(told := {quoted(name)}), "
        f"row({stamp}, _seen_at, _loaded_at, -_shape, cast({quoted(name)} as varchar))) "
        f"filter (where not ({is_silent(gaps, name, 'versions')})).told as {quoted(name)}"
        for name in names
    )
    filled = ", ".join(
        f"case when {is_silent(gaps, name, 'held')} then told.{quoted(name)} "
        f"else held.{quoted(name)} end as {quoted(name)}"
        for name in names
    )
    return f"""
        select * from (
            with held as materialized ({held}),
            thin as (
                select * from held where _load_id in ({", ".join(map(literal, loads))})
            ),
            versions as ({" union all by name ".join(versions)}),
            told as (
                select {", ".join(map(quoted, identity))}, {told}
                from versions semi join thin on {same.format("versions", "thin")}
                group by {", ".join(map(quoted, identity))}
            )
            select held.* exclude (_shape) replace ({filled})
            from held left join told on {same.format("held", "told")}
        )
    """
