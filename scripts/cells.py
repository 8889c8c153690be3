"""Cells are checked and cast, set-wise: good records land typed, bad ones become rejects.

What a cell must look like is in `scripts/casts.py`.
"""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from scripts.casts import cast, fault, is_checked
from scripts.hints import Hints
from scripts.raw_contract import Column, Table, literal, quoted
from scripts.readers import Reading
from scripts.text_files import BAD_BYTE

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
    connection: DuckDBPyConnection, reading: Reading, table: Table, landed: str, hints: Hints
) -> FileCount:
    """Make the temporary table `landed`: all records typed.

    `_load_bad` marks the rejected ones, `_load_unreadable` those among them without cells.
    """
    columns = _columns(reading, table)
    typed = _typed(reading, columns, table)
    faulty = " or ".join(
        f"({_is_faulty(c, i, table)}{_differs(reading, i)})" for i, c in enumerate(columns)
    )
    listed = ", ".join(f"v{i} as {quoted(column.name)}" for i, column in enumerate(columns))
    connection.execute(
        f"""
        create or replace temp table {landed} as
        select
            line_number as _load_line, problem is not null as _load_unreadable,
            problem is not null or {faulty} as _load_bad, {listed}
        from ({typed})
        """
    )
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
    if counts[1]:
        _collect_rejects(connection, reading, table, landed, hints)
    return FileCount(*counts)


def _columns(reading: Reading, table: Table) -> list[Column]:
    declared = {column.name: column for column in table.columns}
    # A column nobody declared is landed as text, whatever its name.
    return [declared.get(name, Column(name, "text")) for name in reading.names]


def _typed(reading: Reading, columns: list[Column], table: Table) -> str:
    """SQL: the records with t0, t1, … (trimmed texts) and v0, v1, … (values)."""

    def text(column: Column, cell: str) -> str:
        is_trimmed = is_checked(column) or column.name in table.keys
        return f"nullif(trim({cell}), '')" if is_trimmed else cell

    texts, values = [], []
    for i, column in enumerate(columns):
        spellings = [text(column, f"c{i}"), *(text(column, one) for one in reading.others(i))]
        first = spellings[0] if len(spellings) == 1 else f"coalesce({', '.join(spellings)})"
        texts.append(f"{first} as t{i}")
        values.append(f"{cast(column, f't{i}')} as v{i}")
        for one in reading.others(i):
            texts.append(f"{text(column, one)} as t{one[1:]}")
            values.append(f"{cast(column, f't{one[1:]}')} as v{one[1:]}")
    trimmed, typed = ", ".join(texts), ", ".join(values)
    return f"""
        select *, {typed}
        from (select line_number, raw, problem, {trimmed} from ({reading.cells}))
    """


def _collect_rejects(
    connection: DuckDBPyConnection, reading: Reading, table: Table, landed: str, hints: Hints
) -> None:
    columns = _columns(reading, table)
    faults = ", ".join(
        f"""case when {_is_faulty(column, i, table)} then struct_pack(
            column_name := {literal(column.name)},
            error := coalesce(
                '''' || left(t{i}, 80) || ''' ' || {fault(column, f"t{i}", hints)},
                'the key is empty'
            )
        ) end"""
        for i, column in enumerate(columns)
        if column.name in table.keys or is_checked(column)
    )
    differing = ", ".join(
        f"""case when {_other_differs(one, i)} then struct_pack(
            column_name := {literal(column.name)},
            error := '''' || left(t{i}, 80) || ''' and ''' || left(t{one[1:]}, 80)
                || ''' stand in two spellings of this column: only one can be right'
        ) end"""
        for i, column in enumerate(columns)
        for one in reading.others(i)
    )
    faults = ", ".join(filter(None, (faults, differing)))
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
            from ({_typed(reading, columns, table)})
            where line_number in (select _load_line from {landed} where _load_bad)
        )
        """
    )


def _is_faulty(column: Column, position: int, table: Table) -> str:
    if column.name in table.keys:
        return f"v{position} is null"
    if is_checked(column):
        return f"v{position} is null and t{position} is not null"
    return "false"


def _differs(reading: Reading, position: int) -> str:
    """SQL: or another spelling of the column says something else."""
    return "".join(f" or {_other_differs(one, position)}" for one in reading.others(position))


def _other_differs(other: str, position: int) -> str:
    return f"(t{other[1:]} is not null and v{other[1:]} is distinct from v{position})"
