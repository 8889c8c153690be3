"""Versions of one thing: which rows that arrived are the newest, and how they meet those there.

Rows agree on identity (keys, and in change tables what else tells events apart). The newest by the
source's own modification stamp wins; where the stamps are equal or missing, the later load, and
within one load the greatest by text, so that the order of the rows in a file never matters.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from scripts.raw_contract import LOAD_COLUMNS, Table, literal, quoted

# Columns that say a row was deleted.
FLAGS = ("is_deleted", "_fivetran_deleted", "_absent")


@dataclass(frozen=True)
class Target:
    """One raw table of one source, and the load that writes to it."""

    source: str
    table: Table
    load_id: str
    loaded_at: datetime
    seen_at: datetime
    # The contract's tables that it feeds, where a connector's own are others.
    feeds: tuple[str, ...] = ()

    @property
    def noted_tables(self) -> tuple[str, ...]:
        """Under which names `raw_meta.load_columns` has its columns."""
        return self.feeds or (self.table.name,)

    @property
    def current(self) -> str:
        """The raw table."""
        return quoted(self.schema, self.table.name)

    @property
    def schema(self) -> str:
        """Where the raw table lies: a connector that is not the contract's has its own schema."""
        return schema_of(self.source, self.table)

    @property
    def history(self) -> str:
        """Its superseded versions."""
        return quoted(f"{self.schema}_history", self.table.name)

    @property
    def stamp(self) -> str:
        """SQL: who wrote a row and when."""
        return f"{literal(self.load_id)}, timestamp '{self.loaded_at}'"

    @property
    def first_stamp(self) -> str:
        """SQL: the values of the loader's columns (`LOAD_COLUMNS`) in a row that is new."""
        seen_at = f"timestamp '{self.seen_at}'"
        if self.table.is_versions:
            seen_at = f"least(coalesce(_fivetran_start, {seen_at}), {seen_at})"
        return f"{self.stamp}, {seen_at}"

    @property
    def late_stamp(self) -> str:
        """SQL: the same in a row that another of its load stands before.

        A version that was already outdated when it arrived was seen no later than it was modified.
        """
        seen_at = f"timestamp '{self.seen_at}'"
        if self.table.is_versions or not self.table.modified_at:
            return self.first_stamp
        stamp = quoted(self.table.modified_at)
        return f"{self.stamp}, least(coalesce({stamp}, {seen_at}), {seen_at})"

    def tracked(self, columns: Sequence[str]) -> list[str]:
        """The columns that make a new version when they change: all but the connector's own."""
        technical = self.table.technical
        return [name for name in columns if not technical or not name.startswith(technical)]

    def same(self, left: str, right: str) -> str:
        """SQL: two aliased rows are versions of one thing."""
        return equal(left, right, self.table.identity)


def schema_of(source: str, table: Table) -> str:
    """The schema in which a source's table lies."""
    return f"raw_{source}_{table.connector}" if table.connector else f"raw_{source}"


def _tells_no_more(target: Target, told: Collection[str]) -> str:
    """SQL: the load of the row there had every column that arrived now, as far as is noted."""
    listed = ", ".join(map(literal, sorted(told)))
    tables = ", ".join(map(literal, target.noted_tables))
    return f"""present._load_id not in (
        select load_id from raw_meta.load_columns
        where source = {literal(target.source)} and table_name in ({tables})
        group by load_id, table_name
        having count(distinct lower(column_name)) filter (lower(column_name) in ({listed}))
            < {len(told)}
    )"""


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
    described = connection.execute(f"describe {incoming}").fetchall()
    types = {str(row[0]): str(row[1]) for row in described}
    landed = list(types)
    known = {name.lower() for name in present}
    for name in landed:
        if name.lower() not in known:
            for relation in (target.current, target.history):
                connection.execute(
                    f"alter table {relation} add column {quoted(name)} {types[name]}"
                )
            present.append(name)
    has_arrived = {name.lower() for name in landed}
    columns = [name for name in present if name not in LOAD_COLUMNS]
    listed = ", ".join(
        quoted(name) if name.lower() in has_arrived else f"null as {quoted(name)}"
        for name in columns
    )
    connection.execute(f"create or replace temp view arrived as select {listed} from {incoming}")
    return columns


def number_versions(connection: DuckDBPyConnection, target: Target, columns: Sequence[str]) -> None:
    """Make the temporary view `versions`: distinct rows, `_load_version` 1 = newest of its kind."""
    listed = ", ".join(quoted(column) for column in columns)
    tracked = target.tracked(columns)
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
    stamp += " desc nulls last"
    if target.table.is_versions:
        stamp = "_fivetran_start desc nulls last, _fivetran_active desc nulls last"
    elif target.table.seen_by:
        stamp += f", {quoted(target.table.seen_by)} desc nulls last"
    chosen = ", ".join(
        quoted(name) if name in tracked else f"max({quoted(name)}) as {quoted(name)}"
        for name in columns
    )
    repeated = f"repeated on {target.same('arrived', 'repeated')}"
    connection.execute(
        f"""
        create or replace temp table several_versions as
        select {listed}, row_number() over (
            partition by {identity}
            order by {stamp}, cast(row({listed}) as varchar) desc
        ) as _load_version
        from (
            select {chosen} from arrived semi join {repeated}
            group by {", ".join(quoted(name) for name in tracked)}
        )
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


def judge(
    connection: DuckDBPyConnection, target: Target, columns: list[str], told: Collection[str]
) -> None:
    """Make the temporary view `verdicts`: the newest rows that arrived against those there.

    `told` are the columns that arrived: a file that lacks the others says nothing of them.
    """
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
    if target.table.is_versions:
        # Versions fill in what was; only a newer version of versions replaces what is.
        is_newer = "coalesce(version._fivetran_start > present._fivetran_start, false)"
    compared = [name for name in target.tracked(columns) if name.lower() in told]
    # A row that comes is there, whether or not its file can say that it is not deleted.
    untold = [name for name in FLAGS if name in target.table.types() and name not in told]
    is_same = " and ".join(
        [
            equal("version", "present", compared),
            _tells_no_more(target, told),
            *(f"not coalesce(present.{quoted(name)}, false)" for name in untold),
        ]
    )
    if target.table.is_observed:
        is_same = "false"
    connection.execute(
        f"""
        create temp table judged_versions as
        select version.* exclude (_load_version), case
            when present._load_id is null then 'new'
            when {is_same} then 'unchanged'
            when {is_newer} then 'replaces'
            else 'older'
        end as _load_verdict
        from versions as version
        left join {target.current} as present on {target.same("version", "present")}
        where version._load_version = 1
        """
    )
    connection.execute("create temp view verdicts as select * from judged_versions")
