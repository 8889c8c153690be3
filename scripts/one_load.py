"""One load: a folder's files become rows of the warehouse in one transaction, or nothing does."""

import contextlib
import hashlib
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from scripts.arrivals import Arrival, arrive, latest_event, watched
from scripts.casts import moment
from scripts.deletions import delete_absent, note_returned
from scripts.deliveries import Delivery, Request, from_folder, from_schema
from scripts.installations import hints_of_files, installation_of, zone_of_files
from scripts.landed_columns import columns_of, note_columns
from scripts.merge import merge_landed
from scripts.raw_contract import SOURCES, LoadError, literal
from scripts.refusals import refuse_failed
from scripts.rejects import first_rejects, keep_rejects
from scripts.remembered import FILES_LANGUAGE, FILES_TIME_ZONE, remember
from scripts.running import finish
from scripts.versions import Target
from scripts.warehouse import (
    open_warehouse,
    prepare_connector,
    prepare_tables,
    refresh_views,
    refuse_mixing,
)


def load(request: Request) -> list[str]:
    """Land one folder or schema; say what happened, line by line. Raises `LoadError`."""
    if request.source not in SOURCES:
        raise LoadError(f"unknown source {request.source}: use one of {', '.join(SOURCES)}")
    with tempfile.TemporaryDirectory(prefix="crm-load-") as copies:
        delivery = from_folder(request, Path(copies)) if request.folder else None
        was_there = request.warehouse.exists()
        if delivery is None and not was_there:
            raise LoadError(f"there is no warehouse {request.warehouse} that holds a schema")
        connection = open_warehouse(request.warehouse)
        is_done = False
        try:
            lines = _load_in_one_transaction(connection, request, delivery)
            is_done = True
        finally:
            connection.close()
            if not is_done and not was_there:
                request.warehouse.unlink(missing_ok=True)
    return lines


def _load_in_one_transaction(
    connection: DuckDBPyConnection, request: Request, delivery: Delivery | None
) -> list[str]:
    started_at = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("begin transaction")
    delivery = delivery or from_schema(connection, request)
    folder = delivery.files
    prepare_tables(connection, request.name if request.source == "open" else None)
    refuse_mixing(connection, request.warehouse, folder.is_demo)
    zone = zone_of_files(connection, request.name, request.timezone, folder.is_demo)
    told, (dates, decimal) = hints_of_files(
        connection, request.name, request.dates, request.decimal
    )
    told |= {f"{FILES_TIME_ZONE}{request.name}": zone}
    request = replace(request, timezone=zone, dates=dates, decimal=decimal)
    as_of = _settle_times(connection, request, zone)
    load_id = _load_id(request, delivery, as_of)
    already = connection.execute(
        f"select finished_at, rejected_count from raw_meta.loads where load_id = {literal(load_id)}"
    ).fetchone()
    if already is not None:
        remember(connection, told)
        refresh_views(connection)
        _commit(connection)
        said = f"{request.name}: already loaded on {already[0]:%Y-%m-%d %H:%M} UTC, nothing to do"
        said += f"; {already[1]:,} rejected" if already[1] else ""
        return [said, *first_rejects(connection, load_id)]
    for connector in sorted({file.table.connector for file in folder.files} - {""}):
        prepare_connector(connection, request.source, connector)
    left_out = list(folder.left_out)
    arrivals = arrive(connection, folder.files, delivery.texts, left_out, request.hints)
    refuse_failed(connection, arrivals, request.max_rejects)
    installation, remarks = installation_of(connection, request.source, arrivals)
    extracted_at = as_of or delivery.synced_at or latest_event(connection, arrivals, started_at)
    if extracted_at is None:
        extracted_at = _newest_extraction(connection, request.name) or started_at
    row_count, lines = 0, []
    for arrival in watched(arrivals, "landing"):
        noted = list(columns_of(request.source, arrival.table, arrival.names))
        feeds = tuple(dict.fromkeys(table_name for table_name, _ in noted))
        target = Target(request.name, arrival.table, load_id, started_at, extracted_at, feeds)
        for table_name, fields in noted:
            note_columns(connection, request.name, load_id, table_name, fields)
        count, line = _land(connection, target, arrival, extracted_at, request.is_complete)
        row_count += count
        lines.append(line)
    lines += [*remarks, *left_out]
    keep_rejects(connection, load_id, request.name)
    if request.labels.language:
        told[f"{FILES_LANGUAGE}{request.name}"] = request.labels.language
    remember(connection, {**told, **installation})
    message = ("complete; " if request.is_complete else "") + "; ".join(lines)
    connection.execute(
        f"""
        insert into raw_meta.loads by name select
            {literal(load_id)} as load_id,
            {literal(request.name)} as source,
            {literal(delivery.method)} as method,
            timestamp '{started_at}' as started_at,
            timestamp '{datetime.now(UTC).replace(tzinfo=None)}' as finished_at,
            'loaded' as status,
            {len(folder.files)} as file_count,
            {row_count} as row_count,
            {sum(arrival.rejected_count for arrival in arrivals)} as rejected_count,
            timestamp '{extracted_at}' as extracted_at,
            {literal(message)} as message
        """
    )
    refresh_views(connection)
    _commit(connection)
    return [*lines, *first_rejects(connection, load_id)]


def _commit(connection: DuckDBPyConnection) -> None:
    """Make it true; a stop comes before that, or too late."""
    finish()
    connection.execute("commit")
    # What is committed is kept, if not in the file then in the log beside it: a disk that has no
    # room for the move makes no load undone, and a build moves it or stops.
    with contextlib.suppress(duckdb.Error):
        connection.execute("checkpoint")


def _land(
    connection: DuckDBPyConnection,
    target: Target,
    arrival: Arrival,
    extracted_at: datetime,
    is_complete: bool,
) -> tuple[int, str]:
    """Keep what arrived for one table; return how many rows this load wrote, and say so."""
    merged = merge_landed(connection, target, arrival.incoming, arrival.names)
    said = [f"{merged.landed_count} landed"]
    said += [
        f"{count} {what}"
        for count, what in (
            (merged.unchanged_count, "unchanged"),
            (merged.duplicate_count, "duplicate"),
            (arrival.rejected_count, "rejected"),
        )
        if count
    ]
    line = f"{arrival.said}: {arrival.record_count} records = {' + '.join(said)}"
    if merged.superseded_count:
        line += f"; {merged.superseded_count} superseded"
    if returned_count := note_returned(connection, target, extracted_at):
        line += f"; {returned_count} restored"
    marked_count = 0
    if is_complete and arrival.table.kind == "state":
        if arrival.unknown_count:
            line += f"; none deleted, the keys of {arrival.unknown_count} records are unreadable"
        else:
            deleted = delete_absent(connection, target, arrival.rejected, extracted_at)
            marked_count = deleted.marked_count
            line += f"; {deleted.gone_count} absent, deleted" if deleted.gone_count else ""
    for relation in arrival.parts:
        connection.execute(f"drop table {relation}")
    return merged.landed_count + marked_count, line


def _settle_times(connection: DuckDBPyConnection, request: Request, zone: str) -> datetime | None:
    """Read times without an offset in the request's time zone; return its as-of in UTC."""
    try:
        connection.execute(f"set TimeZone = {literal(zone)}")
    except duckdb.Error as error:
        raise LoadError(f"unknown time zone {zone}: use a name such as Europe/Berlin") from error
    if request.as_of is None:
        return None
    row = connection.execute(f"select {moment(literal(request.as_of.strip()))}").fetchone()
    as_of: datetime | None = row[0] if row else None
    if as_of is None:
        raise LoadError(
            f"--as-of {request.as_of} is not an ISO 8601 time: write 2026-03-02T09:14:00Z"
        )
    return as_of


def _load_id(request: Request, delivery: Delivery, as_of: datetime | None) -> str:
    """md5 of the source, the as-of, the sorted file hashes, and what else changes the outcome."""
    parts = [request.source, request.name, str(as_of or ""), *delivery.hashes]
    if request.is_complete:
        parts.append("complete")
    if request.timezone not in (None, "UTC"):
        parts.append(str(request.timezone))
    if request.labels.digest:
        parts.append(request.labels.digest)
    parts += request.hints.parts
    return hashlib.md5("\n".join(parts).encode(), usedforsecurity=False).hexdigest()


def _newest_extraction(connection: DuckDBPyConnection, name: str) -> datetime | None:
    row = connection.execute(
        f"select max(extracted_at) from raw_meta.loads where source = {literal(name)}"
    ).fetchone()
    return row[0] if row else None
