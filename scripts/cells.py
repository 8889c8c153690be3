"""Cells are checked and cast, set-wise: good records land typed, bad ones become rejects.

Nothing is guessed. A time is ISO 8601, and without an offset it is read in the session's time
zone (the loader sets it); an id is text, never a number in scientific notation.
"""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from scripts.raw_contract import Column, Table, literal, quoted
from scripts.readers import Reading
from scripts.text_files import BAD_BYTE

_SCIENTIFIC = (
    r"[-+]?([0-9][eE][0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3}|[0-9]+\.[0-9]+[eE][-+]?[0-9]{1,3})"
)
_WHOLE = r"[-+]?[0-9]+(\.0*)?"
_WHOLE_BIG = r"[-+]?[0-9]+(\.[0-9]+)?[eE]\+?[0-9]{1,2}"
_CLOCK = r"[ T]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ISO = rf"{_DAY}({_CLOCK}(\s*(Z|z|UTC|[-+][0-9]{{2}}(:?[0-9]{{2}})?))?)?"
# Moments that a plain cast reads as UTC, which is much cheaper than a cast by time zone.
_PLAIN_UTC = rf"{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]+)?Z"
_EXPECTED = {
    "varchar": "is not an id but a number in scientific notation",
    "bigint": "is not a whole number",
    "double": "is not a number",
    "boolean": "is not true or false",
    "timestamp": "is not an ISO 8601 time such as 2026-03-02 or 2026-03-02T09:14:00Z",
}
REJECT_COLUMNS = "table_name, file_name, line_number, column_name, error, raw_line"


@dataclass(frozen=True)
class FileCount:
    """Records of one file, the rejected ones among them, and those whose key is unknown."""

    record_count: int
    rejected_count: int
    unknown_count: int


def create_rejects(connection: DuckDBPyConnection) -> None:
    """Make the temporary table that collects the rejects of a load."""
    connection.execute(
        """
        create or replace temp table load_rejects (
            table_name varchar, file_name varchar, line_number bigint, column_name varchar,
            error varchar, raw_line varchar
        )
        """
    )


def check_and_cast(
    connection: DuckDBPyConnection, reading: Reading, table: Table, landed: str
) -> FileCount:
    """Make the temporary table `landed`: all records typed, with `_load_line` and `_load_bad`."""
    columns = _columns(reading, table)
    typed = ", ".join(f"{_cast(column, f'c{i}')} as v{i}" for i, column in enumerate(columns))
    faulty = " or ".join(f"({_is_faulty(c, i, table)})" for i, c in enumerate(columns))
    listed = ", ".join(f"v{i} as {quoted(column.name)}" for i, column in enumerate(columns))
    connection.execute(
        f"""
        create or replace temp table {landed} as
        select
            line_number as _load_line, problem is not null as _load_unreadable,
            problem is not null or {faulty} as _load_bad, {listed}
        from (select *, {typed} from ({reading.cells}))
        """
    )
    _collect_rejects(connection, reading, table, landed)
    missing_key = " or ".join(f"{quoted(key)} is null" for key in table.keys)
    counts = connection.execute(
        f"""
        select
            count(*), count(*) filter (where _load_bad),
            count(*) filter (where _load_bad and (_load_unreadable or {missing_key}))
        from {landed}
        """
    ).fetchone()
    assert counts is not None
    return FileCount(*counts)


def _columns(reading: Reading, table: Table) -> list[Column]:
    declared = {column.name: column for column in table.columns}
    # A column nobody declared is landed as text, whatever its name.
    return [declared.get(name, Column(name, "text")) for name in reading.names]


def _collect_rejects(
    connection: DuckDBPyConnection, reading: Reading, table: Table, landed: str
) -> None:
    columns = _columns(reading, table)
    typed = ", ".join(f"{_cast(column, f'c{i}')} as v{i}" for i, column in enumerate(columns))
    faults = ", ".join(
        f"""case when {_is_faulty(column, i, table)} then struct_pack(
            column_name := {literal(column.name)}, error := case
                when c{i} is null or trim(c{i}) = '' then 'the key is empty'
                else '''' || left(c{i}, 80) || ''' {_EXPECTED.get(column.data_type, "")}'
            end
        ) end"""
        for i, column in enumerate(columns)
        if column.data_type != "text" and (column.name in table.identity or _is_checked(column))
    )
    connection.execute(
        f"""
        insert into load_rejects
        select
            {literal(table.name)}, {literal(reading.file_name)}, line_number,
            fault.column_name, fault.error,
            replace(raw, {literal(BAD_BYTE)}, '\\x')
        from (
            select line_number, raw, unnest(case
                when problem is not null
                    then [struct_pack(column_name := cast(null as varchar), error := problem)]
                else list_filter([{faults}], lambda fault: fault is not null)
            end) as fault
            from (
                select *, {typed} from ({reading.cells})
                where line_number in (select _load_line from {landed} where _load_bad)
            )
        )
        """
    )


def _is_checked(column: Column) -> bool:
    return column.is_id or column.data_type not in ("varchar", "text")


def _is_faulty(column: Column, position: int, table: Table) -> str:
    if column.name in table.keys:
        return f"v{position} is null"
    if _is_checked(column):
        return f"v{position} is null and coalesce(trim(c{position}), '') <> ''"
    return "false"


def _cast(column: Column, cell: str) -> str:
    """SQL: the cell in its declared type, null where it is empty or does not fit."""
    if not _is_checked(column):
        return cell
    text = f"trim({cell})"
    if column.data_type == "varchar":
        return f"""
            case
                when {text} = '' or regexp_full_match({text}, '{_SCIENTIFIC}') then null
                when contains({text}, '.') and regexp_full_match({text}, '[-+]?[0-9]+\\.0+')
                    then split_part({text}, '.', 1)
                else {text}
            end"""
    if column.data_type == "bigint":
        return f"""
            case
                when regexp_full_match({text}, '{_WHOLE}')
                    then try_cast(split_part({text}, '.', 1) as bigint)
                when regexp_full_match({text}, '{_WHOLE_BIG}')
                    and try_cast({text} as double) = trunc(try_cast({text} as double))
                    then try_cast(try_cast({text} as double) as bigint)
            end"""
    if column.data_type == "double":
        return f"""
            case
                when not contains({text}, '_') and isfinite(try_cast({text} as double))
                    then try_cast({text} as double)
            end"""
    if column.data_type == "boolean":
        return f"""
            case
                when lower({text}) in ('true', '1', 'yes', '1.0') then true
                when lower({text}) in ('false', '0', 'no', '0.0') then false
            end"""
    return moment(text)


def moment(text: str) -> str:
    """SQL: a text as a UTC timestamp without zone, null where it is not ISO 8601."""
    tidied = (
        f"regexp_replace(regexp_replace(replace(replace({text}, ',', '.'), 'UTC', 'Z'), "
        rf"'\s+([-+Zz])', '\1'), '([ T]\s*[0-9]{{1,2}}:[0-9]{{2}})([-+Zz]|$)', '\1:00\2')"
    )
    return f"""
        case
            when regexp_full_match({text}, '{_PLAIN_UTC}') then try_cast({text} as timestamp)
            when regexp_full_match({text}, '{_ISO}') then timezone(
                'UTC', coalesce(
                    try_cast({text} as timestamptz), try_cast(upper({tidied}) as timestamptz)
                )
            )
        end"""
