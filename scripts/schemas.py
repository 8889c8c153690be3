"""A schema that a connector already fills in the warehouse's own database.

Its tables are read where they lie, each like a file: known by name and columns, checked, and kept
beside the raw tables with the versions seen before. So a build stands on what its load saw, the
next load adds what is new, and rows that the connector purges later stay.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from scripts.connectors.reading import read_connectors
from scripts.history_signs import stop_at_history
from scripts.landing_folder import LandingFile, LandingFolder
from scripts.raw_contract import LoadError, Table, literal, quoted
from scripts.recognise import recognise

FIVETRAN = "fivetran"
_OURS = ("raw_", "staging", "intermediate", "rules", "marts", "restricted", "policy")


@dataclass(frozen=True)
class Schema:
    """The tables of a schema as files to land; who fills it, and when it last did."""

    folder: LandingFolder
    connector: str
    synced_at: datetime | None


def look_into_schema(connection: DuckDBPyConnection, source: str, name: str) -> Schema:
    """Recognise the tables of a schema. Raises `LoadError` where none can be read."""
    if name.startswith(_OURS):
        raise LoadError(f"schema {name} is the project's own: name the one the connector fills")
    rows = connection.execute(
        f"""
        select table_name, list(column_name order by column_index) from duckdb_columns()
        where database_name = current_database() and schema_name = {literal(name)}
        group by table_name order by table_name
        """
    ).fetchall()
    if not rows:
        there = connection.execute(
            """
            select string_agg(distinct schema_name, ', ' order by schema_name) from duckdb_tables()
            where not starts_with(schema_name, 'raw_')
            """
        ).fetchone()
        shown = (there[0] if there else None) or "none with tables"
        is_there = connection.execute(
            "select count(*) from duckdb_schemas() "
            f"where database_name = current_database() and schema_name = {literal(name)}"
        ).fetchone() != (0,)
        what = f"schema {name} holds no tables" if is_there else f"there is no schema {name}"
        raise LoadError(
            f"{what} in the warehouse, its schemas are {shown}: name the one that the connector"
            " fills, or let it sync first"
        )
    files, left_out = [], []
    for table_name, columns in rows:
        shown = f"{name}.{table_name}"
        found = recognise(source, shown, table_name, columns)
        if isinstance(found, str):
            stop_at_history(shown, table_name, columns, found)
            left_out.append(f"{shown}: not loaded, {found}")
        else:
            files.append(LandingFile(Path(name) / table_name, shown, found[0], "table"))
    if not files:
        more = f"; and {len(left_out) - 3} more" if len(left_out) > 3 else ""
        raise LoadError(
            f"schema {name} holds no table of {source}'s: {'; '.join(left_out[:3])}{more}"
        )
    files.sort(key=lambda file: file.table.is_versions)
    connectors = sorted({file.table.connector or FIVETRAN for file in files})
    moments = [_synced_at(connection, source, file) for file in files]
    return Schema(
        LandingFolder(tuple(files), tuple(left_out), is_demo=False),
        "+".join(connectors),
        max((moment for moment in moments if moment), default=None),
    )


def digest_of_schema(connection: DuckDBPyConnection, schema: Schema) -> str:
    """What tells one state of a schema from the next: its newest sync, else what it holds."""
    if schema.synced_at is not None:
        return str(schema.synced_at)
    held = " union all ".join(
        f"select {literal(file.name)} as name, count(*) as row_count, "
        f"bit_xor(hash(held)) as digest from {_relation(file)} as held"
        for file in schema.folder.files
    )
    return repr(connection.execute(f"from ({held}) order by name").fetchall())


def _relation(file: LandingFile) -> str:
    return quoted(file.path.parent.name, file.path.name)


def _synced_at(connection: DuckDBPyConnection, source: str, file: LandingFile) -> datetime | None:
    """When the connector last wrote to a table, where it says so; UTC."""
    moment = _moment(source, file.table)
    if moment is None:
        return None
    described = connection.execute(f"describe {_relation(file)}").fetchall()
    types = {str(row[0]): str(row[1]) for row in described}
    cells = ", ".join(
        (f"timezone('UTC', {quoted(name)})" if "TIME ZONE" in kind else quoted(name))
        + f" as {quoted(name)}"
        for name, kind in types.items()
        if quoted(name) in moment
    )
    wanted = [place for place in moment.split('"')[1::2] if place not in types]
    nothing = "".join(f", null as {quoted(name)}" for name in dict.fromkeys(wanted))
    if not cells:
        return None
    try:
        row = connection.execute(
            f"select max(cast({moment} as timestamp)) from "
            f"(select {cells}{nothing} from {_relation(file)})"
        ).fetchone()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise LoadError(f"{file.name}: when it was synced cannot be read ({reason})") from error
    return row[0] if row else None


def _moment(source: str, table: Table) -> str | None:
    """SQL: when a row was synced, over the connector's own columns."""
    if not table.connector:
        return quoted("_fivetran_synced")
    connector = next(one for one in read_connectors(source) if one.name == table.connector)
    return connector.synced_at
