"""The files of one load as typed temporary tables, one per raw table, before anything is kept."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from duckdb import DuckDBPyConnection
from tqdm import tqdm

from scripts.cells import FileCount, check_and_cast, create_rejects
from scripts.landing_folder import LandingFile
from scripts.raw_contract import Table, quoted
from scripts.readers import read_parquet, read_text
from scripts.text_files import TextFile

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Arrival:
    """What arrived for one table.

    `incoming` is the temporary view of its good records, `rejected` that of the keys of
    rejected ones, both over the temporary tables `parts`; `unknown_count` rejected records have
    no readable key. `names` are the columns that its files have.
    """

    table: Table
    incoming: str
    rejected: str
    names: tuple[str, ...]
    parts: tuple[str, ...]
    record_count: int
    rejected_count: int
    unknown_count: int


def watched(items: Iterable[_Item], doing: str) -> Iterable[_Item]:
    """The items, with a progress bar on stderr when a person watches."""
    return tqdm(items, desc=doing, leave=False, disable=not sys.stderr.isatty())


def arrive(
    connection: DuckDBPyConnection,
    files: Iterable[LandingFile],
    texts: Mapping[Path, TextFile],
    tables: Mapping[str, Table],
) -> list[Arrival]:
    """Read, check and cast all files; rejects collect in the temporary table `load_rejects`.

    Raises `LoadError` where a file cannot be loaded at all.
    """
    create_rejects(connection)
    landed: dict[str, list[tuple[str, FileCount]]] = {}
    names: dict[str, dict[str, None]] = {}
    for number, file in enumerate(watched(list(files), "reading")):
        table = tables[file.table_name]
        if file.path in texts:
            reading = read_text(connection, file, texts[file.path], table)
        else:
            reading = read_parquet(connection, file, table)
        relation = f"landed_{number}"
        count = check_and_cast(connection, reading, table, relation)
        for leftover in ("file_lines", "spanning_records", "json_records"):
            connection.execute(f"drop table if exists {leftover}")
        landed.setdefault(table.name, []).append((relation, count))
        names.setdefault(table.name, {}).update(dict.fromkeys(reading.names))
    return [
        _gather(connection, tables[name], tuple(names[name]), parts)
        for name, parts in landed.items()
    ]


def _gather(
    connection: DuckDBPyConnection,
    table: Table,
    names: tuple[str, ...],
    parts: list[tuple[str, FileCount]],
) -> Arrival:
    nothing = ", ".join(
        f"cast(null as {column.data_type}) as {quoted(column.name)}" for column in table.columns
    )
    good = " union all by name ".join(
        f"select * exclude (_load_line, _load_unreadable, _load_bad) from {relation} "
        "where not _load_bad"
        for relation, _ in parts
    )
    incoming, rejected = quoted(f"incoming_{table.name}"), quoted(f"rejected_{table.name}")
    connection.execute(
        f"create or replace temp view {incoming} as "
        f"select {nothing} where false union all by name {good}"
    )
    keys = ", ".join(quoted(key) for key in table.keys)
    bad = " union all ".join(
        f"select {keys} from {relation} where _load_bad and not _load_unreadable"
        for relation, _ in parts
    )
    connection.execute(f"create or replace temp view {rejected} as {bad}")
    counts = [count for _, count in parts]
    return Arrival(
        table=table,
        incoming=incoming,
        rejected=rejected,
        names=names,
        parts=tuple(relation for relation, _ in parts),
        record_count=sum(count.record_count for count in counts),
        rejected_count=sum(count.rejected_count for count in counts),
        unknown_count=sum(count.unknown_count for count in counts),
    )


def latest_event(
    connection: DuckDBPyConnection, arrivals: Iterable[Arrival], clock: datetime
) -> datetime | None:
    """The latest event time that arrived and is not after the clock; all in UTC."""
    latest: datetime | None = None
    for arrival in arrivals:
        for column in arrival.table.columns:
            if column.event_if is None:
                continue
            only_if = f"and {quoted(column.event_if)}" if column.event_if else ""
            row = connection.execute(
                f"select max({quoted(column.name)}) from {arrival.incoming} "
                f"where {quoted(column.name)} <= timestamp '{clock}' {only_if}"
            ).fetchone()
            if row is not None and row[0] is not None:
                latest = max(latest or row[0], row[0])
    return latest
