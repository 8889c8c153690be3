"""Columns that hold objects: their members are read as columns of their own.

Airbyte lands the properties of a record as one JSON object where its destination does not flatten
them (`properties`), and a whole record so where it does not type them (`_airbyte_data`). Left as
they are they would land, and no field of them would ever be read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from duckdb import DuckDBPyConnection

from scripts.field_names import squashed
from scripts.raw_contract import LoadError, literal, quoted

# What an object's members are called as columns: with this before their names.
PREFIXES = {"properties": "properties_", "_airbytedata": ""}


def member_names(name: str, members: Sequence[str]) -> list[str]:
    """The columns that the members of a column's object become; none if it is read as it is."""
    prefix = PREFIXES.get(squashed(name))
    return [] if prefix is None else [prefix + member for member in members]


def names_in(record: Mapping[str, Any]) -> Iterator[str]:
    """The columns that a JSON record has."""
    for name, value in record.items():
        members = member_names(name, [*value]) if isinstance(value, dict) else []
        if not members:
            yield name
            continue
        yield from names_in(dict(zip(members, value.values(), strict=True)))


def unnested(
    connection: DuckDBPyConnection,
    file_name: str,
    header: Sequence[str],
    cells: Sequence[str],
    relation: str,
) -> tuple[list[str], list[str], str]:
    """Header, cells and relation with the members of objects in place of their columns.

    `cells` is the SQL of each column as text over `relation`, a from clause. A member that has a
    column of its own already is read from there. Raises `LoadError` where objects are no JSON.
    """
    names, texts = list(header), list(cells)
    number = 0
    while at := [place for place, name in enumerate(names) if squashed(name) in PREFIXES]:
        name, cell = names.pop(at[0]), texts.pop(at[0])
        members = _members(connection, file_name, name, cell, relation)
        there = {squashed(one) for one in names}
        new = [
            (member, column)
            for member, column in zip(members, member_names(name, members), strict=True)
            if squashed(column) not in there
        ]
        alias = f"nested_{number}"
        number += 1
        if not new:
            continue
        shape = literal(json_shape([member for member, _ in new]))
        relation = f"from (select *, from_json({_object(cell)}, {shape}) as {alias} {relation})"
        names += [column for _, column in new]
        texts += json_cells(alias, _object(cell), [member for member, _ in new])
    return names, texts, relation


def _members(
    connection: DuckDBPyConnection, file_name: str, name: str, cell: str, relation: str
) -> list[str]:
    rows = connection.execute(
        f"""
        with cells as (select {cell} as cell {relation}),
        objects as (select {_object("cell")} as object, cell from cells where cell is not null)
        select member, broken from (
            select unnest(json_keys(object)) as member, null as broken from objects
            where object is not null
            union all
            select null, min(cell) from objects where object is null and cell <> 'null'
        )
        group by all order by member
        """
    ).fetchall()
    broken = [text for member, text in rows if member is None and text is not None]
    if broken:
        raise LoadError(
            f"{file_name}: {name} holds objects that are no JSON ({broken[0][:40]}): let the "
            "connector flatten them into columns, or write them as JSON"
        )
    return [str(member) for member, _ in rows if member is not None]


def _object(cell: str) -> str:
    return f"(case when json_valid({cell}) and json_type({cell}) = 'OBJECT' then {cell} end)"


def json_shape(names: Sequence[str]) -> str:
    """What DuckDB is to read of an object: these members as text, each spelling once."""
    return "{" + ", ".join(json_text(name) + ': "VARCHAR"' for name in _distinct(names)) + "}"


def json_cells(alias: str, raw: str, names: Sequence[str]) -> list[str]:
    """SQL: the members as text, out of the struct `alias` or, where only case differs, of `raw`."""
    of_struct = {*_distinct(names)}
    return [
        f"nullif({alias}.{quoted(name)}, '')"
        if name in of_struct
        else f"nullif(json_extract_string({raw}, {literal('$.' + json_text(name))}), '')"
        for name in names
    ]


def _distinct(names: Sequence[str]) -> list[str]:
    return list({name.lower(): name for name in reversed(names)}.values())


def json_text(name: str) -> str:
    """A name as JSON writes it."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
