"""The warehouse file: opened by one process at a time, with every declared raw table in it.

`prepare_warehouse(connection)` makes the raw schemas of all sources (a table that a source does
not land is an empty table), the loader's own tables in `raw_meta`, and the views that dbt reads,
`raw_<source>_all` (`scripts/landed_views.py`). It changes nothing that is already right.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from scripts.carried import read_landings
from scripts.connectors.functions import make_functions
from scripts.connectors.reading import read_connectors
from scripts.connectors.shapes import shapes_of
from scripts.landed_views import (
    Present,
    View,
    landed_as_declared,
    make_views,
    view_queries,
    with_gaps,
)
from scripts.places import PROJECT
from scripts.raw_contract import (
    HISTORY_COLUMNS,
    LOAD_COLUMNS,
    SOURCES,
    LoadError,
    Table,
    literal,
    quoted,
    read_contract,
)

DEFAULT_WAREHOUSE = PROJECT / "warehouse" / "crm.duckdb"


def warehouse_path(named: Path | None) -> Path:
    """The named file, else `LIFECYCLE_WAREHOUSE`, else `warehouse/crm.duckdb`."""
    return named or Path(os.environ.get("LIFECYCLE_WAREHOUSE") or DEFAULT_WAREHOUSE)


def open_warehouse(path: Path) -> DuckDBPyConnection:
    """Open (or make) a warehouse. Raises `LoadError` where it is locked or not a warehouse."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path))
    except (duckdb.Error, OSError) as error:
        if "Could not set lock" in str(error):
            reason = "another program has it open: close that, or wait until it is done"
        else:
            reason = str(error).splitlines()[0]
        raise LoadError(f"cannot open the warehouse {path}: {reason}") from error


def prepare_warehouse(connection: DuckDBPyConnection, open_name: str | None = None) -> None:
    """Make all declared tables and views that are missing, for one more open source if named."""
    prepare_tables(connection, open_name)
    refresh_views(connection)


def prepare_tables(connection: DuckDBPyConnection, open_name: str | None = None) -> None:
    """Make all declared tables and columns that are missing."""
    present = prepare_meta(connection)
    for source in SOURCES:
        for name in sorted(_names(connection, source, open_name)):
            _prepare_source(connection, present, name, read_contract(source).tables)
        for connector in read_connectors(source):
            if any(schema == f"raw_{source}_{connector.name}" for schema, _ in present):
                _prepare_source(connection, present, f"{source}_{connector.name}", connector.tables)
    make_functions(connection)


def prepare_meta(connection: DuckDBPyConnection) -> Present:
    """Make the project's own tables and columns that are missing; returns what was there."""
    present = _present_columns(connection)
    _prepare(connection, present, "raw_meta", read_contract("meta").tables, {})
    return present


def prepare_connector(connection: DuckDBPyConnection, source: str, name: str) -> None:
    """Make the tables of a connector that lands for the first time."""
    tables = next(one.tables for one in read_connectors(source) if one.name == name)
    _prepare_source(connection, _present_columns(connection), f"{source}_{name}", tables)


def refresh_views(connection: DuckDBPyConnection) -> None:
    """Make the views over what has landed, in the columns that it has by now."""
    present = _present_columns(connection)
    landings = read_landings(connection)
    queries: dict[View, str] = {}
    for source in SOURCES:
        names = sorted(_names(connection, source))
        for table in read_contract(source).tables.values():
            found = [
                (
                    name,
                    landed_as_declared(
                        present, name, table, {"source_system": name} if source == "open" else None
                    ),
                )
                for name in names
                if (f"raw_{name}", table.name) in present
            ]
            for connector in read_connectors(source):
                found += [(source, shape) for shape in shapes_of(present, connector, table.name)]
            shapes = [with_gaps(connection, landings, name, table, shape) for name, shape in found]
            queries |= view_queries(source, table, shapes)
    queries["raw_meta", "landed_rows"] = _landed_rows(present)
    make_views(connection, queries, present)


def _landed_rows(present: Present) -> str:
    """SQL: how many rows of each load lie in each raw table, in whatever shape."""
    return " union all ".join(
        f"select {literal(schema)} as schema_name, {literal(table)} as table_name, "
        f"_load_id as load_id, count(*) as row_count from {quoted(schema, table)} group by _load_id"
        for (schema, table), columns in sorted(present.items())
        if "_load_id" in columns and not schema.endswith(("_all", "_all_history"))
    )


def _names(connection: DuckDBPyConnection, source: str, open_name: str | None = None) -> set[str]:
    """The names under which a kind of source lands; only the open format has several."""
    if source != "open":
        return {source}
    return open_sources(connection) | {"open", open_name or "open"}


def open_sources(connection: DuckDBPyConnection) -> set[str]:
    """Names of the open-format sources that have loaded anything."""
    rows = connection.execute(
        "select distinct source from raw_meta.loads where split_part(method, ':', 1) = 'open'"
    ).fetchall()
    return {str(source) for (source,) in rows}


def refuse_mixing(connection: DuckDBPyConnection, path: Path, is_demo: bool) -> None:
    """Raise `LoadError` where demo data would meet own data in one warehouse file."""
    row = connection.execute(
        f"select count(*) from raw_meta.loads where method like '%:demo' <> {is_demo}"
    ).fetchone()
    if row == (0,):
        return
    coming, there = ("demo", "own") if is_demo else ("own", "demo")
    raise LoadError(
        f"{path} holds {there} data and the folder holds {coming} data: "
        "they never share a file, name another with --warehouse"
    )


def _present_columns(connection: DuckDBPyConnection) -> Present:
    present: Present = {}
    rows = connection.execute(
        """
        select schema_name, table_name, column_name, lower(data_type) from duckdb_columns()
        where database_name = current_database() and starts_with(schema_name, 'raw_')
        """
    ).fetchall()
    for schema, table, column, data_type in rows:
        present.setdefault((schema, table), {})[column] = data_type
    return present


def _prepare_source(
    connection: DuckDBPyConnection, present: Present, name: str, tables: Mapping[str, Table]
) -> None:
    _prepare(connection, present, f"raw_{name}", tables, LOAD_COLUMNS)
    history = {**LOAD_COLUMNS, **HISTORY_COLUMNS}
    _prepare(connection, present, f"raw_{name}_history", tables, history)


def _prepare(
    connection: DuckDBPyConnection,
    present: Present,
    schema: str,
    tables: Mapping[str, Table],
    extra: dict[str, str],
) -> None:
    connection.execute(f"create schema if not exists {quoted(schema)}")
    for table in tables.values():
        columns = {**table.types(), **extra}
        relation = quoted(schema, table.name)
        there = present.get((schema, table.name))
        if there is None:
            listed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())
            connection.execute(f"create table if not exists {relation} ({listed})")
            continue
        # The contract may have grown since the table was made.
        for name, kind in columns.items():
            if name not in there:
                connection.execute(f"alter table {relation} add column {quoted(name)} {kind}")
            elif there[name] != kind:
                connection.execute(
                    f"alter table {relation} alter column {quoted(name)} set data type {kind} "
                    f"using try_cast({quoted(name)} as {kind})"
                )
