"""What a source's first load decides for all later ones: the zone of its files, its installation.

Ids are numbers of one HubSpot portal or one Salesforce organisation: another's rows in the same
warehouse would make one person of two. And files read in another time zone would land every change
a second time. Both are remembered at the first load and refused where a later one contradicts.
"""

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from scripts.arrivals import Arrival
from scripts.field_names import squashed
from scripts.raw_contract import LoadError, literal, quoted
from scripts.remembered import (
    FILES_DATES,
    FILES_DECIMAL,
    FILES_TIME_ZONE,
    INSTALLATIONS,
    read_settings,
)

# Whatever the shape: Fivetran's portal_id, Airbyte's portalId, a property of that name.
_PORTAL_COLUMNS = {"portalid", "propertyportalid", "propertiesportalid", "hubid"}
_ORGANISATION_TABLE = "organization"


def zone_of_files(
    connection: DuckDBPyConnection, name: str, stated: str | None, is_demo: bool
) -> str:
    """The time zone to read a source's files in; raises `LoadError` where another one was."""
    kept = read_settings(connection).get(f"{FILES_TIME_ZONE}{name}")
    if kept and stated and stated != kept:
        raise LoadError(
            f"the files of {name} are read in {kept}, as its first load was: in {stated} every"
            f" change would land a second time. If {kept} is wrong, load everything anew into"
            f" another warehouse with --timezone {stated}"
        )
    if kept is None and stated is None and not is_demo and _has_loads(connection, name):
        raise LoadError(
            f"{name} was loaded before warehouses remembered time zones: say once in which its"
            " files are read (UTC if you never gave one), with --timezone or"
            f" python -m scripts.settings {FILES_TIME_ZONE}{name}=UTC"
        )
    return stated or kept or "UTC"


def hints_of_files(
    connection: DuckDBPyConnection, name: str, dates: str, decimal: str
) -> tuple[dict[str, str], tuple[str, str]]:
    """How a source's files write days and numbers, as settings, and what is not told as empty.

    Raises `LoadError` where its files were read otherwise: most rows would be another day.
    """
    kept = read_settings(connection)
    told = {f"{FILES_DATES}{name}": dates, f"{FILES_DECIMAL}{name}": decimal}
    for (key, stated), option in zip(told.items(), ("--dates", "--decimal"), strict=True):
        if stated and kept.get(key, stated) != stated:
            raise LoadError(
                f"the files of {name} are read with {option} {kept[key]}, as they were before; if"
                f" these are written otherwise, say python -m scripts.settings {key}={stated} first"
            )
    settings = {key: stated or kept.get(key, "") for key, stated in told.items()}
    first, second = settings.values()
    return {key: value for key, value in settings.items() if value}, (first, second)


def installation_of(
    connection: DuckDBPyConnection, source: str, arrivals: Iterable[Arrival]
) -> tuple[dict[str, str], list[str]]:
    """The setting that names the installation whose rows arrive, none where no row tells it.

    Raises `LoadError` where they are another's than the warehouse holds, or those of several.
    Deals, owners and records decide; what people did elsewhere (a form of a sister portal) stands
    beside them, and is named in the lines that come second.
    """
    key = INSTALLATIONS.get(source)
    if key is None:
        return {}, []
    kept = read_settings(connection).get(key)
    # A warehouse that is older than its settings still holds the rows.
    there = {kept} if kept else set(_landed_values(connection, source))
    deciding: dict[str, str] = {}
    beside: dict[str, str] = {}
    for arrival in arrivals:
        columns = [(arrival.incoming, name) for name in _telling(source, arrival)]
        told = beside if _is_activity(arrival.table.name) else deciding
        told |= dict.fromkeys(_told(connection, columns), arrival.said)
    coming = deciding or beside
    shown = {_same(value): value for value in sorted({*there, *coming})}
    if len(shown) > 1:
        held = sorted(there)
        first, second = (held + sorted(set(coming) - {*held}))[:2]
        where = f", the warehouse holds {key} {first}" if held else f" and of {key} {first}"
        raise LoadError(
            f"{coming.get(second, source)} has rows of {key} {second}{where}: ids of two"
            f" installations mean different people, so each has a warehouse of its own"
            " (--warehouse FILE)"
        )
    remarks = [
        f"{said}: holds rows of {key} {value} beside those of {', '.join(shown.values())}"
        for value, said in sorted(beside.items())
        if _same(value) not in shown
    ]
    return ({key: next(iter(shown.values()))} if shown and not kept else {}), remarks


def another_landed(connection: DuckDBPyConnection, key: str, value: str) -> str | None:
    """The installation that landed rows tell where it is not `value`; None where none tells one.

    `key` is portal or organisation. A number that nothing but a person told can be put right.
    """
    source = next(source for source, its_key in INSTALLATIONS.items() if its_key == key)
    told = _landed_values(connection, source)
    return next((there for there in told if _same(there) != _same(value)), None)


def _telling(source: str, arrival: Arrival) -> list[str]:
    if source == "salesforce":
        is_told = squashed(arrival.table.name) == _ORGANISATION_TABLE
        return [name for name in arrival.names if is_told and name.lower() == "id"]
    return [name for name in arrival.names if squashed(name) in _PORTAL_COLUMNS]


def _is_activity(table: str) -> bool:
    """Forms, submissions and engagements: what people did, wherever they did it."""
    return squashed(table).startswith(("engagement", "form")) or "submission" in table


def _landed_values(connection: DuckDBPyConnection, source: str) -> list[str]:
    """The installations that landed rows tell; activities speak where nothing else does."""
    columns = _landed_columns(connection, source)
    deciding = [(schema, name) for schema, table, name in columns if not _is_activity(table)]
    return _told(connection, deciding) or _told(
        connection, [(relation, name) for relation, _, name in columns]
    )


def _landed_columns(connection: DuckDBPyConnection, source: str) -> list[tuple[str, str, str]]:
    """Relation, table and column."""
    rows = connection.execute(
        """
        select schema_name, table_name, column_name from duckdb_columns()
        where starts_with(schema_name, $schema) and not ends_with(schema_name, '_all')
            and not ends_with(schema_name, '_history')
            and database_name = current_database()
        order by all
        """,
        {"schema": f"raw_{source}"},
    ).fetchall()
    is_organisation = source == "salesforce"
    return [
        (quoted(schema, table), table, column)
        for schema, table, column in rows
        if (
            squashed(table) == _ORGANISATION_TABLE and column.lower() == "id"
            if is_organisation
            else squashed(column) in _PORTAL_COLUMNS
        )
    ]


def _told(connection: DuckDBPyConnection, columns: Iterable[tuple[str, str]]) -> list[str]:
    """The values of some columns, as text; a number that landed as a fraction is one."""
    values: set[str] = set()
    for relation, column in columns:
        rows = connection.execute(
            f"select distinct regexp_replace(trim(cast({quoted(column)} as varchar)), '\\.0$', '')"
            f" from {relation} where {quoted(column)} is not null"
        ).fetchall()
        values |= {str(value) for (value,) in rows if value}
    return sorted(values)


def _same(value: str) -> str:
    """Salesforce ids of 15 and of 18 characters are one id; HubSpot's numbers are shorter."""
    return value[:15]


def _has_loads(connection: DuckDBPyConnection, name: str) -> bool:
    row = connection.execute(
        f"select count(*) from raw_meta.loads where source = {literal(name)}"
    ).fetchone()
    return bool(row and row[0])
