"""Landed rows meet the raw tables: the newest version stays, superseded ones go to the history.

For each identity (keys, and in change tables what else tells events apart):
- the newest by the source's own modification stamp is current; where the stamps are equal or
  missing, the later load wins, and within one load the greatest by text (so that the order of
  the rows in a file never matters);
- versions are whole rows: a column that a file does not have is null in its versions;
- what it replaced, and what arrives later but is older, goes to `raw_<source>_history`;
- an identical row changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from scripts.raw_contract import LOAD_COLUMNS, Table, literal, quoted


@dataclass(frozen=True)
class Merged:
    """What became of the good records of one table; the first three add up to all of them."""

    landed_count: int = 0
    unchanged_count: int = 0
    duplicate_count: int = 0
    superseded_count: int = 0


@dataclass(frozen=True)
class Target:
    """One raw table of one source, and the load that writes to it."""

    source: str
    table: Table
    load_id: str
    loaded_at: datetime

    @property
    def current(self) -> str:
        """The raw table."""
        return quoted(f"raw_{self.source}", self.table.name)

    @property
    def history(self) -> str:
        """Its superseded versions."""
        return quoted(f"raw_{self.source}_history", self.table.name)

    @property
    def stamp(self) -> str:
        """SQL: the values of the load's two columns."""
        return f"{literal(self.load_id)}, timestamp '{self.loaded_at}'"

    def same(self, left: str, right: str) -> str:
        """SQL: two aliased rows are versions of one thing."""
        return equal(left, right, self.table.identity)


def equal(left: str, right: str, columns: Sequence[str]) -> str:
    """SQL: two aliased rows agree in these columns, empty ones included."""
    return " and ".join(
        f"{left}.{quoted(column)} is not distinct from {right}.{quoted(column)}"
        for column in columns
    )


def merge_landed(connection: DuckDBPyConnection, target: Target, incoming: str) -> Merged:
    """Bring the rows of the temporary table `incoming` into the raw table and its history.

    Leaves the temporary tables `versions` (every distinct row, `_load_version` 1 = newest of its
    identity) and `verdicts` (the newest ones, `_load_verdict` new, replaces, unchanged or older).
    """
    columns = _widen(connection, target, incoming)
    listed = ", ".join(quoted(column) for column in columns)
    _number_versions(connection, target, incoming, listed)
    _judge(connection, target, columns)
    connection.execute(
        f"""
        insert into {target.history} by name
        select current.*, {literal(target.load_id)} as _superseded_by,
            timestamp '{target.loaded_at}' as _superseded_at
        from {target.current} as current
        semi join verdicts on verdicts._load_verdict = 'replaces'
            and {target.same("current", "verdicts")}
        """
    )
    connection.execute(
        f"""
        delete from {target.current} as current using verdicts
        where verdicts._load_verdict = 'replaces' and {target.same("current", "verdicts")}
        """
    )
    connection.execute(
        f"""
        insert into {target.current} ({listed}, _load_id, _loaded_at)
        select {listed}, {target.stamp} from verdicts
        where _load_verdict in ('new', 'replaces')
        """
    )
    late_count = _keep_outdated(connection, target, columns)
    new_count = _count(connection, "verdicts where _load_verdict = 'new'")
    replaced_count = _count(connection, "verdicts where _load_verdict = 'replaces'")
    distinct_count = _count(connection, "versions")
    landed_count = new_count + replaced_count + late_count
    return Merged(
        landed_count=landed_count,
        unchanged_count=distinct_count - landed_count,
        duplicate_count=_count(connection, incoming) - distinct_count,
        superseded_count=replaced_count + late_count,
    )


def _count(connection: DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    assert row is not None
    return int(row[0])


def _widen(connection: DuckDBPyConnection, target: Target, incoming: str) -> list[str]:
    """Add landed columns that the raw table does not have yet; return all its data columns."""
    present = [str(row[0]) for row in connection.execute(f"describe {target.current}").fetchall()]
    landed = [str(row[0]) for row in connection.execute(f"describe {incoming}").fetchall()]
    known = {name.lower() for name in present}
    for name in landed:
        if name.lower() not in known:
            for relation in (target.current, target.history):
                connection.execute(f"alter table {relation} add column {quoted(name)} varchar")
            present.append(name)
    arrived = {name.lower() for name in landed}
    columns = [name for name in present if name not in LOAD_COLUMNS]
    for name in columns:
        if name.lower() not in arrived:
            connection.execute(f"alter table {incoming} add column {quoted(name)} varchar")
    return columns


def _number_versions(
    connection: DuckDBPyConnection, target: Target, incoming: str, listed: str
) -> None:
    identity = ", ".join(quoted(column) for column in target.table.identity)
    stamp = quoted(target.table.modified_at) if target.table.modified_at else "null"
    connection.execute(
        f"""
        create or replace temp table repeated as
        select {identity} from {incoming} group by all having count(*) > 1
        """
    )
    connection.execute(
        f"""
        create or replace temp table versions as
        select {listed}, 1 as _load_version from {incoming} as arrived
        anti join repeated on {target.same("arrived", "repeated")}
        union all
        select {listed}, row_number() over (
            partition by {identity}
            order by {stamp} desc nulls last, cast(row({listed}) as varchar) desc
        )
        from (
            select distinct {listed} from {incoming} as arrived
            semi join repeated on {target.same("arrived", "repeated")}
        )
        """
    )


def _judge(connection: DuckDBPyConnection, target: Target, columns: list[str]) -> None:
    is_newer = "true"
    if target.table.modified_at:
        arrived, present = (
            f"{side}.{quoted(target.table.modified_at)}" for side in ("arrived", "present")
        )
        is_newer = f"coalesce({arrived} >= {present}, true)"
    connection.execute(
        f"""
        create or replace temp table verdicts as
        select arrived.* exclude (_load_version), case
            when present._load_id is null then 'new'
            when {equal("arrived", "present", columns)} then 'unchanged'
            when {is_newer} then 'replaces'
            else 'older'
        end as _load_verdict
        from versions as arrived
        left join {target.current} as present on {target.same("arrived", "present")}
        where arrived._load_version = 1
        """
    )


def _keep_outdated(connection: DuckDBPyConnection, target: Target, columns: list[str]) -> int:
    """Versions that are not the newest go straight to the history, unless they are there."""
    listed = ", ".join(quoted(column) for column in columns)
    inserted = connection.execute(
        f"""
        insert into {target.history}
            ({listed}, _load_id, _loaded_at, _superseded_by, _superseded_at)
        select {listed}, {target.stamp}, {target.stamp}
        from (
            select {listed} from versions where _load_version > 1
            union all
            select {listed} from verdicts where _load_verdict = 'older'
        ) as late
        anti join {target.history} as kept on {equal("late", "kept", columns)}
        """
    ).fetchone()
    return int(inserted[0]) if inserted else 0
