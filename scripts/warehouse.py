"""The warehouse file: opened by one process at a time, with every declared raw table in it.

`prepare_warehouse(connection)` makes the raw schemas of all sources (a table that a source does
not land is an empty table), the loader's own tables in `raw_meta`, and the views `raw_open_all`
over all open-format sources. It changes nothing that is already right.
"""

import os
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from scripts.raw_contract import (
    HISTORY_COLUMNS,
    LOAD_COLUMNS,
    PROJECT,
    Contract,
    LoadError,
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
    present = _present_columns(connection)
    _prepare(connection, present, "raw_meta", read_contract("meta"), {})
    _prepare_source(connection, present, "hubspot", read_contract("hubspot"))
    names = open_sources(connection) | {"open"} | ({open_name} if open_name else set())
    for name in sorted(names):
        _prepare_source(connection, present, name, read_contract("open"))
    _prepare_open_views(connection, sorted(names))


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


Present = dict[tuple[str, str], dict[str, str]]


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
    connection: DuckDBPyConnection, present: Present, name: str, contract: Contract
) -> None:
    _prepare(connection, present, f"raw_{name}", contract, LOAD_COLUMNS)
    history = {**LOAD_COLUMNS, **HISTORY_COLUMNS}
    _prepare(connection, present, f"raw_{name}_history", contract, history)


def _prepare(
    connection: DuckDBPyConnection,
    present: Present,
    schema: str,
    contract: Contract,
    extra: dict[str, str],
) -> None:
    connection.execute(f"create schema if not exists {quoted(schema)}")
    for table in contract.tables.values():
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


def _prepare_open_views(connection: DuckDBPyConnection, names: list[str]) -> None:
    connection.execute("create schema if not exists raw_open_all")
    for table in read_contract("open").tables.values():
        for suffix, extra in (("", {}), ("_history", HISTORY_COLUMNS)):
            columns = ", ".join(quoted(name) for name in {**table.types(), **LOAD_COLUMNS, **extra})
            selects = " union all ".join(
                f"select {literal(name)} as source_system, {columns} "
                f"from {quoted(f'raw_{name}{suffix}', table.name)}"
                for name in names
            )
            view = quoted("raw_open_all", table.name + suffix)
            connection.execute(f"create or replace view {view} as {selects}")
