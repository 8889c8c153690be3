"""Landed rows meet the raw tables: the newest version stays, superseded ones go to the history.

For each identity (which version is the newest is told in `scripts/versions.py`):
- the newest is current;
- versions are whole rows: a column that a file does not have is null in its versions, and the
  views carry the value over that was told last (`scripts/carried.py`);
- what it replaced, and what arrives later but is older, goes to `raw_<source>_history`;
- an identical row changes nothing, nor does one that says the same with fewer columns; but in
  tables of memberships being there again is the news.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from scripts.raw_contract import LOAD_COLUMNS, literal, quoted
from scripts.versions import Target, count, equal, judge, number_versions, widen


@dataclass(frozen=True)
class Merged:
    """What became of the good records of one table; the first three add up to all of them."""

    landed_count: int = 0
    unchanged_count: int = 0
    duplicate_count: int = 0
    superseded_count: int = 0


def merge_landed(
    connection: DuckDBPyConnection, target: Target, incoming: str, names: Sequence[str]
) -> Merged:
    """Bring the rows of the temporary view `incoming` into the raw table and its history.

    `names` are the columns that the files had; the others of `incoming` are empty.

    Leaves the temporary views `versions` (every distinct row, `_load_version` 1 = newest of its
    identity) and `verdicts` (the newest ones, `_load_verdict` new, replaces, unchanged or older).
    """
    columns = widen(connection, target, incoming)
    listed = ", ".join(quoted(column) for column in columns)
    number_versions(connection, target, columns)
    told = {name.lower() for name in names}
    judge(connection, target, columns, told)
    new_count = count(connection, "verdicts where _load_verdict = 'new'")
    replaced_count = count(connection, "verdicts where _load_verdict = 'replaces'")
    distinct_count = count(connection, "versions")
    if replaced_count:
        _supersede(connection, target)
    if new_count or replaced_count:
        connection.execute(
            f"""
            insert into {target.current} ({listed}, {", ".join(LOAD_COLUMNS)})
            select {listed}, {target.first_stamp} from verdicts
            where _load_verdict in ('new', 'replaces')
            """
        )
    if target.table.technical:
        _refresh_technical(connection, target, [name for name in columns if name.lower() in told])
    late_count = 0
    if count(connection, "verdicts where _load_verdict <> 'older'") < distinct_count:
        late_count = _keep_outdated(connection, target, columns)
    landed_count = new_count + replaced_count + late_count
    return Merged(
        landed_count=landed_count,
        unchanged_count=distinct_count - landed_count,
        duplicate_count=count(connection, incoming) - distinct_count,
        superseded_count=replaced_count + late_count,
    )


def _supersede(connection: DuckDBPyConnection, target: Target) -> None:
    """Move the current versions that are about to be replaced to the history."""
    replaced = f"verdicts._load_verdict = 'replaces' and {target.same('current', 'verdicts')}"
    connection.execute(
        f"""
        insert into {target.history} by name
        select current.*, {literal(target.load_id)} as _superseded_by,
            timestamp '{target.loaded_at}' as _superseded_at
        from {target.current} as current
        semi join verdicts on {replaced}
        """
    )
    connection.execute(f"delete from {target.current} as current using verdicts where {replaced}")


def _refresh_technical(connection: DuckDBPyConnection, target: Target, columns: list[str]) -> None:
    """Rows that are the same get the connector's newest ids, by which its tables are joined."""
    technical = sorted({*columns} - {*target.tracked(columns)})
    if not technical or not count(connection, "verdicts where _load_verdict = 'unchanged'"):
        return
    changed = ", ".join(f"{quoted(name)} = verdicts.{quoted(name)}" for name in technical)
    connection.execute(
        f"""
        update {target.current} as current set {changed} from verdicts
        where verdicts._load_verdict = 'unchanged' and {target.same("current", "verdicts")}
            and not ({equal("current", "verdicts", technical)})
        """
    )


def _keep_outdated(connection: DuckDBPyConnection, target: Target, columns: list[str]) -> int:
    """Versions that are not the newest go straight to the history, unless they are there."""
    listed = ", ".join(quoted(column) for column in columns)
    inserted = connection.execute(
        f"""
        insert into {target.history}
            ({listed}, {", ".join(LOAD_COLUMNS)}, _superseded_by, _superseded_at)
        select {listed}, {target.late_stamp}, {target.stamp}
        from (
            select {listed} from versions where _load_version > 1
            union all
            select {listed} from verdicts where _load_verdict = 'older'
        ) as late
        anti join {target.history} as kept on {equal("late", "kept", target.tracked(columns))}
        """
    ).fetchone()
    return int(inserted[0]) if inserted else 0
