"""What a complete load does not bring is gone; what a later load brings back is restored.

A key of a state table that a `--complete` load has a file for, but no record of, was deleted at
the load's `extracted_at`. Where the table declares `is_deleted` or `_fivetran_deleted`, the
current version is superseded by one with that flag set (and `deleted_at`, where declared); in a
table without a flag the row moves to the history. `raw_meta.observed_deletions` notes every
deletion, and every return, in the order they were seen. A record that was rejected is there all
the same: its key is never taken for absent.
"""

from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from scripts.raw_contract import literal, quoted
from scripts.versions import FLAGS, Target, count, equal


@dataclass(frozen=True)
class Deleted:
    """How many keys are gone, and how many of them stay as rows with a flag."""

    gone_count: int
    marked_count: int


def delete_absent(
    connection: DuckDBPyConnection, target: Target, rejected: str, extracted_at: datetime
) -> Deleted:
    """Delete what neither `versions` nor the temporary table `rejected` has."""
    flags = [flag for flag in FLAGS if flag in target.table.types()]
    is_marked = " or ".join(f"coalesce(present.{quoted(flag)}, false)" for flag in flags)
    keys, identity = target.table.keys, target.table.identity
    connection.execute(
        f"""
        create or replace temp table gone as
        select present.* from {target.current} as present
        anti join versions on {equal("present", "versions", identity)}
        anti join {rejected} as rejected on {equal("present", "rejected", keys)}
        where not ({is_marked or "false"})
        """
    )
    connection.execute(
        f"""
        insert into {target.history} by name
        select *, {literal(target.load_id)} as _superseded_by,
            timestamp '{target.loaded_at}' as _superseded_at
        from gone
        """
    )
    connection.execute(
        f"delete from {target.current} as present using gone "
        f"where {equal('present', 'gone', identity)}"
    )
    if flags:
        changed = dict.fromkeys(flags, "true")
        if "deleted_at" in target.table.types():
            changed["deleted_at"] = f"timestamp '{extracted_at}'"
        changed["_load_id"] = literal(target.load_id)
        changed["_loaded_at"] = f"timestamp '{target.loaded_at}'"
        changed["_seen_at"] = f"timestamp '{extracted_at}'"
        replaced = ", ".join(f"{value} as {quoted(name)}" for name, value in changed.items())
        connection.execute(
            f"insert into {target.current} by name select * replace ({replaced}) from gone"
        )
    gone_count = _note(connection, target, "gone", extracted_at, is_deleted=True)
    return Deleted(gone_count, gone_count if flags else 0)


def note_returned(connection: DuckDBPyConnection, target: Target, extracted_at: datetime) -> int:
    """Note the keys among the newly current `verdicts` that were last seen deleted."""
    if count(connection, f"({_last_seen(target)}) where is_deleted") == 0:
        return 0
    flags = [flag for flag in FLAGS if flag in target.table.types()]
    is_marked = " or ".join(f"coalesce(verdicts.{quoted(flag)}, false)" for flag in flags)
    connection.execute(
        f"""
        create or replace temp table returned as
        select verdicts.* from verdicts
        inner join ({_last_seen(target)}) as seen
            on seen.key_value = {_key_value(target)} and seen.is_deleted
        where verdicts._load_verdict in ('new', 'replaces') and not ({is_marked or "false"})
        """
    )
    return _note(connection, target, "returned", extracted_at, is_deleted=False)


def _note(
    connection: DuckDBPyConnection,
    target: Target,
    relation: str,
    extracted_at: datetime,
    is_deleted: bool,
) -> int:
    # A key's observations never go back in time, so that the last one is the one in force.
    noted = connection.execute(
        f"""
        insert into raw_meta.observed_deletions
            (source, table_name, key_value, load_id, observed_at, is_deleted)
        select
            {literal(target.source)}, {literal(_noted_as(target))}, key_value,
            {literal(target.load_id)},
            coalesce(
                greatest(timestamp '{extracted_at}', last_at + interval 1 microsecond),
                timestamp '{extracted_at}'
            ),
            {is_deleted}
        from (select {_key_value(target)} as key_value from {relation})
        left join ({_last_seen(target)}) as seen using (key_value)
        """
    ).fetchone()
    return int(noted[0]) if noted else 0


def _key_value(target: Target) -> str:
    cells = target.table.noted_keys or tuple(quoted(key) for key in target.table.keys)
    keys = [f"cast({cell} as varchar)" for cell in cells]
    # What else tells rows apart may be empty.
    keys += [f"coalesce(cast({quoted(name)} as varchar), '')" for name in target.table.distinct_by]
    return f"concat_ws('|', {', '.join(keys)})"


def _noted_as(target: Target) -> str:
    """The contract's name of the table: a deletion means the same in every shape."""
    return target.table.noted_as or target.table.name


def _last_seen(target: Target) -> str:
    return f"""
        select key_value, max(observed_at) as last_at, max_by(is_deleted, observed_at) as is_deleted
        from raw_meta.observed_deletions
        where source = {literal(target.source)} and table_name = {literal(_noted_as(target))}
        group by key_value
    """
