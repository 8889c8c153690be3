"""What has landed: the raw tables of a warehouse by source, as something to select from.

A source's tables are read from `raw_<source>_all`, the loader's views over every connector's
shape; an open-format source's from `raw_open_all`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from scripts.places import CannotRunError
from scripts.raw_contract import literal, quoted

KINDS = ("hubspot", "salesforce", "open")


@dataclass(frozen=True)
class LandedTable:
    """One raw table: what stands after `from`, and its columns."""

    sql: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Landed:
    """The raw tables of one source system; `kind` says in which shape."""

    system: str
    kind: str
    tables: Mapping[str, LandedTable]

    def has(self, table: str, *columns: str) -> bool:
        """Whether the table is there with all these columns."""
        found = self.tables.get(table)
        return found is not None and set(columns) <= set(found.columns)


def landed_systems(connection: DuckDBPyConnection) -> dict[str, str]:
    """Kind by name of every source that has loaded anything."""
    rows = connection.execute("""
        select distinct source, split_part(method, ':', 1) from raw_meta.loads
        where finished_at is not null
    """).fetchall()
    # A source is named after its kind, whatever the connector; all others are in the open format.
    return {
        str(source): str(source) if source in KINDS else _kind(str(method))
        for source, method in sorted(rows)
    }


def _kind(method: str) -> str:
    return method if method in KINDS else "open"


def read_landed(connection: DuckDBPyConnection, system: str) -> Landed:
    """The tables of one system; raises `CannotRunError` where it has loaded nothing."""
    systems = landed_systems(connection)
    if system not in systems:
        there = ", ".join(systems) or "nothing"
        raise CannotRunError(
            f"{system} has not been loaded into this warehouse (landed: {there}):"
            f" run python -m scripts.load {system if system in KINDS else 'open'} FOLDER first"
        )
    kind = systems[system]
    found = _tables(connection, f"raw_{kind}_all")
    if not any(name.endswith("_fields") for name in found):
        raise CannotRunError(
            f"this warehouse was made by an older version: load {system} once more, then try again"
        )
    if kind == "open":
        found = {name: _only(system, table) for name, table in found.items()}
    return Landed(system, kind, found)


def _only(system: str, table: LandedTable) -> LandedTable:
    columns = tuple(name for name in table.columns if name != "source_system")
    return LandedTable(
        f"(select * exclude (source_system) from {table.sql}"
        f" where source_system = {literal(system)})",
        columns,
    )


def _tables(connection: DuckDBPyConnection, schema: str) -> dict[str, LandedTable]:
    rows: Sequence[tuple[str, list[str]]] = connection.execute(
        """
        select table_name, list(column_name order by column_index) from duckdb_columns()
        where database_name = current_database() and schema_name = ?
        group by table_name order by table_name
        """,
        [schema],
    ).fetchall()
    return {name: LandedTable(quoted(schema, name), tuple(columns)) for name, columns in rows}
