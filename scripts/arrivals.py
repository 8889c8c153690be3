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
from scripts.hints import NO_HINTS, Hints
from scripts.landing_folder import LandingFile
from scripts.raw_contract import LoadError, Table, quoted
from scripts.readers import Reading, read_parquet, read_relation, read_text, with_stated
from scripts.text_files import TextFile

_Item = TypeVar("_Item")
# Connector, table, and whether its files hold versions.
Kind = tuple[str, str, bool]


@dataclass(frozen=True)
class Part:
    """One file, checked and cast."""

    relation: str
    count: FileCount
    names: tuple[str, ...]


@dataclass(frozen=True)
class Arrival:
    """What arrived for one table.

    `incoming` is the temporary view of its good records, `rejected` that of the keys of
    rejected ones, both over the temporary tables `parts`; `unknown_count` rejected records have
    no readable key. `names` are the columns that its `files` have, `said` is
    what was seen, in words.
    """

    table: Table
    incoming: str
    rejected: str
    names: tuple[str, ...]
    parts: tuple[str, ...]
    record_count: int
    rejected_count: int
    unknown_count: int
    said: str
    files: tuple[str, ...]


def watched(items: Iterable[_Item], doing: str) -> Iterable[_Item]:
    """The items, with a progress bar on stderr when a person watches."""
    return tqdm(items, desc=doing, leave=False, disable=not sys.stderr.isatty())


def arrive(
    connection: DuckDBPyConnection,
    files: Iterable[LandingFile],
    texts: Mapping[Path, TextFile],
    left_out: list[str],
    hints: Hints = NO_HINTS,
) -> list[Arrival]:
    """Read, check and cast all files; rejects collect in the temporary table `load_rejects`.

    Raises `LoadError` where a file cannot be loaded at all; of labels it is a line in `left_out`.
    """
    create_rejects(connection)
    landed: dict[Kind, list[Part]] = {}
    names: dict[Kind, dict[str, None]] = {}
    seen: dict[Kind, list[str]] = {}
    tables: dict[Kind, Table] = {}
    for number, file in enumerate(watched(list(files), "reading")):
        table = file.table
        try:
            reading = _read(connection, file, texts, hints)
        except LoadError as error:
            if not table.is_labels:
                raise
            left_out.append(f"{file.name}: not loaded, {error} (it only adds labels)")
            continue
        kind = (table.connector, table.name, table.is_versions)
        tables[kind] = table
        reading = with_stated(reading, table)
        relation = f"landed_{number}"
        count = check_and_cast(connection, reading, table, relation, hints)
        for leftover in ("file_lines", "spanning_records", "json_records"):
            connection.execute(f"drop table if exists {leftover}")
        landed.setdefault(kind, []).append(Part(relation, count, reading.names))
        seen.setdefault(kind, []).append(file.name)
        names.setdefault(kind, {}).update(dict.fromkeys(reading.names))
    return [
        _gather(connection, tables[kind], tuple(names[kind]), parts, seen[kind])
        for kind, parts in landed.items()
    ]


def _read(
    connection: DuckDBPyConnection,
    file: LandingFile,
    texts: Mapping[Path, TextFile],
    hints: Hints,
) -> Reading:
    if file.file_format == "table":
        relation = quoted(file.path.parent.name, file.path.name)
        return read_relation(connection, file, relation, file.table, hints)
    if file.path in texts:
        return read_text(connection, file, texts[file.path], file.table, hints)
    return read_parquet(connection, file, file.table, hints)


def _gather(
    connection: DuckDBPyConnection,
    table: Table,
    names: tuple[str, ...],
    parts: list[Part],
    files: list[str],
) -> Arrival:
    nothing = ", ".join(
        f"cast(null as {column.data_type}) as {quoted(column.name)}" for column in table.columns
    )
    good = " union all by name ".join(
        f"select * exclude (_load_line, _load_unreadable, _load_bad), {number} as _load_part "
        f"from {part.relation} where not _load_bad"
        for number, part in enumerate(parts)
    )
    name = f"{table.connector}_{table.name}{'_versions' if table.is_versions else ''}"
    incoming, rejected = quoted(f"incoming_{name}"), quoted(f"rejected_{name}")
    connection.execute(
        f"create or replace temp view {incoming} as "
        f"select * exclude (_load_part) from ({_filled(table, names, parts, good)}) "
        f"union all by name select {nothing} where false"
    )
    keys = ", ".join(quoted(key) for key in table.keys)
    bad = " union all ".join(
        f"select {keys} from {relation} where _load_bad and not _load_unreadable"
        for relation in (part.relation for part in parts)
    )
    connection.execute(f"create or replace temp view {rejected} as {bad}")
    counts = [part.count for part in parts]
    return Arrival(
        table=table,
        incoming=incoming,
        rejected=rejected,
        names=names,
        parts=tuple(part.relation for part in parts),
        record_count=sum(count.record_count for count in counts),
        rejected_count=sum(count.rejected_count for count in counts),
        unknown_count=sum(count.unknown_count for count in counts),
        said=f"{', '.join(files)}: {table.said}" if table.said else table.name,
        files=tuple(files),
    )


def _filled(table: Table, names: tuple[str, ...], parts: list[Part], good: str) -> str:
    """SQL: the records of several files; a file that lacks a column takes back no other's value.

    Where one key stands in several files, what its newest record's file does not have is what the
    newest record of those that have it says, and was not modified later.
    """
    had = [{name.lower() for name in part.names} for part in parts]
    spelled = {name.lower(): name for name in reversed(names)}
    lacking = {
        name: [number for number, one in enumerate(had) if lowered not in one]
        for lowered, name in spelled.items()
        if table.kind == "state" and name not in table.identity
    }
    stamp = quoted(table.modified_at) if table.modified_at in names else "null"
    cells = ", ".join(
        f"case when _load_part in ({', '.join(map(str, lacked))}) then last_value("
        f"case when _load_part not in ({', '.join(map(str, lacked))}) "
        f"then struct_pack(told := {quoted(name)}) end ignore nulls) over versions.told "
        f"else {quoted(name)} end as {quoted(name)}"
        for name, lacked in lacking.items()
        if lacked and name != table.modified_at
    )
    if not cells:
        return good
    keys = ", ".join(quoted(key) for key in table.identity)
    return f"""
        select * replace ({cells}) from ({good})
        window versions as (
            partition by {keys} order by {stamp} nulls first
            range between unbounded preceding and current row
        )
    """


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
