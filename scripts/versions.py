"""Versions of one thing: which rows that arrived are the newest, and how they meet those there.

Rows agree on identity (keys, and in change tables what else tells events apart). The newest by the
source's own modification stamp wins; where the stamps are equal or missing, the later load, and
within one load the greatest by text, so that the order of the rows in a file never matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from scripts.raw_contract import LOAD_COLUMNS, Table, literal, quoted


@dataclass(frozen=True)
class Target:
    """One raw table of one source, and the load that writes to it."""

    source: str
    table: Table
    load_id: str
    loaded_at: datetime
    seen_at: datetime

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
        """SQL: who wrote a row and when."""
        return f"{literal(self.load_id)}, timestamp '{self.loaded_at}'"

    @property
    def first_stamp(self) -> str:
        """SQL: the values of the loader's columns (`LOAD_COLUMNS`) in a row that is new."""
        return f"{self.stamp}, timestamp '{self.seen_at}'"

    def same(self, left: str, right: str) -> str:
        """SQL: two aliased rows are versions of one thing."""
        return equal(left, right, self.table.identity)


def equal(left: str, right: str, columns: Sequence[str]) -> str:
    """SQL: two aliased rows agree in these columns, empty ones included."""
    return " and ".join(
        f"{left}.{quoted(column)} is not distinct from {right}.{quoted(column)}"
        for column in columns
    )


def count(connection: DuckDBPyConnection, relation: str) -> int:
    """Rows of a relation (with or without a where clause)."""
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    assert row is not None
    return int(row[0])


def widen(connection: DuckDBPyConnection, target: Target, incoming: str) -> list[str]:
    """Add landed columns that the raw table does not have yet; return all its data columns.

    Leaves the temporary view `arrived`: the incoming rows in those columns.
    """
    present = [str(row[0]) for row in connection.execute(f"describe {target.current}").fetchall()]
    landed = [str(row[0]) for row in connection.execute(f"describe {incoming}").fetchall()]
    known = {name.lower() for name in present}
    for name in landed:
        if name.lower() not in known:
            for relation in (target.current, target.history):
                connection.execute(f"alter table {relation} add column {quoted(name)} varchar")
            present.append(name)
    has_arrived = {name.lower() for name in landed}
    columns = [name for name in present if name not in LOAD_COLUMNS]
    listed = ", ".join(
        quoted(name) if name.lower() in has_arrived else f"cast(null as varchar) as {quoted(name)}"
        for name in columns
    )
    connection.execute(f"create or replace temp view arrived as select {listed} from {incoming}")
    return columns


def number_versions(connection: DuckDBPyConnection, target: Target, listed: str) -> None:
    identity = ", ".join(quoted(column) for column in target.table.identity)
    stamp = quoted(target.table.modified_at) if target.table.modified_at else "null"
    connection.execute(
        f"""
        create or replace temp table repeated as
        select {identity} from arrived group by all having count(*) > 1
        """
    )
    if count(connection, "repeated") == 0:
        connection.execute(
            "create or replace temp view versions as select *, 1 as _load_version from arrived"
        )
        return
    repeated = f"repeated on {target.same('arrived', 'repeated')}"
    connection.execute(
        f"""
        create or replace temp table several_versions as
        select {listed}, row_number() over (
            partition by {identity}
            order by {stamp} desc nulls last, cast(row({listed}) as varchar) desc
        ) as _load_version
        from (select distinct {listed} from arrived semi join {repeated})
        """
    )
    connection.execute(
        f"""
        create or replace temp view versions as
        select {listed}, 1 as _load_version from arrived anti join {repeated}
        union all
        select * from several_versions
        """
    )


def judge(connection: DuckDBPyConnection, target: Target, columns: list[str]) -> None:
    connection.execute("drop view if exists verdicts")
    connection.execute("drop table if exists judged_versions")
    if count(connection, target.current) == 0:
        connection.execute(
            """
            create temp view verdicts as
            select * exclude (_load_version), 'new' as _load_verdict
            from versions where _load_version = 1
            """
        )
        return
    is_newer = "true"
    if target.table.modified_at:
        arrived, present = (
            f"{side}.{quoted(target.table.modified_at)}" for side in ("version", "present")
        )
        is_newer = f"coalesce({arrived} >= {present}, true)"
    connection.execute(
        f"""
        create temp table judged_versions as
        select version.* exclude (_load_version), case
            when present._load_id is null then 'new'
            when {equal("version", "present", columns)} then 'unchanged'
            when {is_newer} then 'replaces'
            else 'older'
        end as _load_verdict
        from versions as version
        left join {target.current} as present on {target.same("version", "present")}
        where version._load_version = 1
        """
    )
    connection.execute("create temp view verdicts as select * from judged_versions")
