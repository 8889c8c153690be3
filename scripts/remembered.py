"""What a warehouse remembers of how it is read: `raw_meta.settings`, a row a key.

The same rows judged by another policy, or dated in another zone, are other numbers. So a warehouse
keeps what it was first built with, and a forgotten variable changes nothing: `settle(warehouse)`
is called by every command that reads or builds marts. It takes what is remembered, refuses an
environment that contradicts it, and puts the outcome into the environment, where dbt looks.

| key | |
|---|---|
| policy | the folder of `seeds/` |
| time_zone | of dates and periods |
| portal, organisation | of HubSpot and of Salesforce: ids and links are its own |
| address | where Salesforce is opened, for links |
| files_language.SOURCE | of the column names in the files of a source |
| files_time_zone.SOURCE | where times without an offset in the files of a source are read |
| files_dates.SOURCE, files_decimal.SOURCE | how its files write days and numbers (dmy, comma) |
"""

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import available_timezones

import duckdb
from duckdb import DuckDBPyConnection

from scripts.places import CannotRunError, cannot_read, name_for_people

POLICY = "policy"
TIME_ZONE = "time_zone"
FILES_TIME_ZONE = "files_time_zone."
FILES_DATES = "files_dates."
FILES_DECIMAL = "files_decimal."
FILES_LANGUAGE = "files_language."
# Where Salesforce is opened: acme.my.salesforce.com.
ADDRESS = "address"
# What one CRM installation is called, by source: its ids mean nothing elsewhere.
INSTALLATIONS = {"hubspot": "portal", "salesforce": "organisation"}
# The variable that says the same for one command, and what holds where nobody says anything.
VARIABLES = {
    POLICY: ("LIFECYCLE_POLICY", "b2b"),
    TIME_ZONE: ("LIFECYCLE_TIMEZONE", "UTC"),
}


@dataclass(frozen=True)
class Settings:
    """What one command reads by."""

    policy: str
    time_zone: str


def read_settings(connection: DuckDBPyConnection) -> dict[str, str]:
    """All that an open warehouse remembers; nothing in one that is older than the table."""
    if not _has_table(connection, "raw_meta", "settings"):
        return {}
    rows = connection.execute("select key, value from raw_meta.settings order by key").fetchall()
    return {str(key): str(value) for key, value in rows}


def settings_of(warehouse: Path) -> dict[str, str]:
    """All that a warehouse file remembers; nothing where there is no file."""
    if not warehouse.is_file():
        return {}
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            return read_settings(connection)
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None


def language_of_files(source: str, warehouse: Path) -> str | None:
    """The language in which the column names of a source's files were read before, if any."""
    return settings_of(warehouse).get(f"{FILES_LANGUAGE}{source}")


def remember(connection: DuckDBPyConnection, told: Mapping[str, str]) -> None:
    """Keep settings in an open warehouse, over what it remembered; the table must be there."""
    now = datetime.now(UTC).replace(tzinfo=None)
    for key, value in told.items():
        if read_settings(connection).get(key) != value:
            connection.execute("delete from raw_meta.settings where key = $key", {"key": key})
            connection.execute(
                "insert into raw_meta.settings values ($key, $value, $set_at)",
                {"key": key, "value": value, "set_at": now},
            )


def settle(warehouse: Path, is_demo: bool = False) -> Settings:
    """What to read a warehouse by, put into the environment too, for dbt and for what it starts.

    Raises `CannotRunError` where the environment contradicts what the warehouse remembers, or
    where it was built before warehouses remembered anything and nobody says with which policy.
    """
    kept = settings_of(warehouse)
    if POLICY not in kept and not is_demo:
        _stop_on_unknown_past(warehouse)
    if TIME_ZONE not in kept and (built_in := zone_of_marts(warehouse)):
        kept[TIME_ZONE] = built_in
    chosen = {}
    for key, (variable, otherwise) in VARIABLES.items():
        stated, remembered = os.environ.get(variable), kept.get(key)
        if stated and remembered and stated != remembered:
            raise CannotRunError(
                f"{variable} says {stated}, but {name_for_people(warehouse)} remembers"
                f" {remembered}: unset the variable, or change what is remembered with"
                f" {how_to_set(warehouse, key, stated)}"
            )
        chosen[key] = remembered or stated or otherwise
    if chosen[TIME_ZONE] not in available_timezones():
        raise CannotRunError(
            f"unknown time zone {chosen[TIME_ZONE]}: use a name such as Europe/Berlin"
        )
    for key, (variable, _) in VARIABLES.items():
        os.environ[variable] = chosen[key]
    return Settings(chosen[POLICY], chosen[TIME_ZONE])


def zone_of_marts(warehouse: Path) -> str | None:
    """The zone that the marts of a warehouse were dated in, which they have always told."""
    if not warehouse.is_file():
        return None
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            if not _has_table(connection, "intermediate", "int_as_of"):
                return None
            row = connection.execute("select time_zone from intermediate.int_as_of").fetchone()
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None
    return str(row[0]) if row else None


def how_to_set(warehouse: Path, key: str, value: str) -> str:
    """The command that changes a setting of a warehouse."""
    return f"python -m scripts.settings --warehouse {name_for_people(warehouse)} {key}={value}"


def last_run_of(warehouse: Path, commands: str = "build, run, test, seed") -> str:
    """dbt's id of the last run over a warehouse that got to its end; empty where there is none."""
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            if not _has_table(connection, "raw_meta", "dbt_runs"):
                return ""
            row = connection.execute(
                "select invocation_id from raw_meta.dbt_runs"
                " where list_contains($commands, command) order by run_number desc limit 1",
                {"commands": commands.split(", ")},
            ).fetchone()
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None
    return str(row[0]) if row else ""


def last_build_of(warehouse: Path) -> str:
    """dbt's id of the run that made the marts of a warehouse."""
    return last_run_of(warehouse, "build, run")


def _stop_on_unknown_past(warehouse: Path) -> None:
    """Marts of an unknown policy must not be replaced by those of another one in silence."""
    if not warehouse.is_file() or os.environ.get("LIFECYCLE_POLICY"):
        return
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            is_built = _has_table(connection, "intermediate", "int_as_of")
            loads = "select bool_and(method like '%:demo') from raw_meta.loads"
            is_demo = is_built and connection.execute(loads).fetchone() == (True,)
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None
    if is_built and not is_demo:
        raise CannotRunError(
            f"{name_for_people(warehouse)} was built before warehouses remembered their policy:"
            f" say once which it is, {how_to_set(warehouse, POLICY, 'NAME')}"
        )


def _has_table(connection: DuckDBPyConnection, schema: str, table: str) -> bool:
    row = connection.execute(
        "select count(*) from duckdb_tables() where schema_name = $schema and table_name = $table"
        " and database_name = current_database()",
        {"schema": schema, "table": table},
    ).fetchone()
    return bool(row and row[0])
