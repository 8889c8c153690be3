"""What a load rejected: kept in `raw_meta.rejects`, and its first ones told to whoever loads."""

from collections.abc import Collection, Iterator

from duckdb import DuckDBPyConnection

from scripts.cells import REJECT_COLUMNS
from scripts.raw_contract import Table, literal

# The screen is for the first ones: they tell what is wrong, the table has them all.
SHOWN = 5


def keep_rejects(connection: DuckDBPyConnection, load_id: str, name: str) -> None:
    """Move the rejects that a load has collected to `raw_meta.rejects`."""
    connection.execute(
        f"insert into raw_meta.rejects (load_id, source, {REJECT_COLUMNS}) "
        f"select {literal(load_id)}, {literal(name)}, {REJECT_COLUMNS} "
        "from load_rejects order by file_name, line_number",
    )


def first_rejects(connection: DuckDBPyConnection, load_id: str) -> Iterator[str]:
    """The first rejects of a load by file and line, an indented line each, and how many follow.

    A record with two bad cells is told twice: each is to be put right.
    """
    rejects = f"raw_meta.rejects where load_id = {literal(load_id)}"
    yield from _told(connection, rejects, SHOWN, "in raw_meta.rejects")


def told_rejects(
    connection: DuckDBPyConnection, table: Table, files: Collection[str], shown: int
) -> Iterator[str]:
    """The same of one table's `files`, while the load is still on its way."""
    names = ", ".join(map(literal, files))
    rejects = f"load_rejects where table_name = {literal(table.name)} and file_name in ({names})"
    yield from _told(connection, rejects, shown, "like these")


def _told(connection: DuckDBPyConnection, rejects: str, shown: int, where: str) -> Iterator[str]:
    rows = connection.execute(
        f"""
        select file_name, line_number, column_name, error, count(*) over () as reject_count
        from {rejects}
        order by file_name, line_number, column_name, error limit {shown}
        """
    ).fetchall()
    for file_name, line_number, column_name, error, _ in rows:
        place = f"{file_name} line {line_number}" + (f", {column_name}" if column_name else "")
        # The error quotes the cell, which may hold anything.
        yield "  " + _printable(f"{place}: {error}")
    if rows and rows[0][4] > shown:
        yield f"  and {rows[0][4] - shown:,} more {where}"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
