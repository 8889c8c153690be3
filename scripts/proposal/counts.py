"""Counting what has landed: fields with their fill, values with their use. One query each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from scripts.raw_contract import literal

# A field with more different values than this is no list of choices.
MOST_CHOICES = 120
Field = tuple[str, str, str]  # source system, object type, field


@dataclass(frozen=True)
class FieldUse:
    """One field of one object: how filled it is, and whether its changes are landed."""

    source_system: str
    object_type: str
    field: str
    filled_count: int
    record_count: int
    change_count: int
    choice_count: int
    choices: tuple[str, ...]

    @property
    def fill_rate(self) -> float:
        """Share of the records that hold a value."""
        return self.filled_count / self.record_count if self.record_count else 0.0


@dataclass(frozen=True)
class ValueUse:
    """One value of one field, compared without case: who holds it, and when it was written."""

    source_system: str
    object_type: str
    field: str
    value: str
    label: str | None
    row_count: int
    record_count: int
    change_count: int
    first_used_at: datetime | None
    last_used_at: datetime | None
    position: int | None
    pipeline: str | None
    is_closed: bool | None
    is_won: bool | None


def field_uses(connection: DuckDBPyConnection) -> list[FieldUse]:
    """Every field that holds anything now or ever did."""
    rows = rows_of(
        connection,
        f"""
        with records as (
            select source_system, object_type, count(distinct record_id) as record_count
            from landed_values group by all
        ),
        held as (
            select source_system, object_type, field, trim(value) as value, count(*) as row_count
            from landed_values where trim(value) <> '' group by all
        ),
        written as (
            select source_system, object_type, field, value, count(*) as change_count
            from landed_changes where value is not null group by all
        ),
        together as (
            select
                coalesce(held.source_system, written.source_system) as source_system,
                coalesce(held.object_type, written.object_type) as object_type,
                coalesce(held.field, written.field) as field,
                coalesce(held.value, written.value) as value,
                coalesce(held.row_count, 0) as row_count,
                coalesce(written.change_count, 0) as change_count
            from held full join written
                on held.source_system = written.source_system
                and held.object_type = written.object_type
                and held.field = written.field and held.value = written.value
        )
        select
            together.source_system, together.object_type, together.field,
            sum(row_count)::bigint as filled_count,
            coalesce(max(records.record_count), 0) as record_count,
            sum(change_count)::bigint as change_count, count(*) as choice_count,
            list(value order by row_count + change_count desc, value)[1:{MOST_CHOICES}] as choices
        from together
        left join records
            on together.source_system = records.source_system
            and together.object_type = records.object_type
        group by together.source_system, together.object_type, together.field
        order by all
        """,
    )
    return [FieldUse(**{**row, "choices": tuple(row["choices"])}) for row in rows]


def value_uses(connection: DuckDBPyConnection, fields: Iterable[Field]) -> list[ValueUse]:
    """Every value of these fields, those declared and never used included."""
    wanted = list(fields)
    if not wanted:
        return []
    listed = _listed(sorted(set(wanted)))
    rows = connection.execute(
        f"""
        with chosen (source_system, object_type, field) as (values {listed}),
        held as (
            select source_system, object_type, field, record_id, trim(value) as value
            from landed_values semi join chosen using (source_system, object_type, field)
            where trim(value) <> ''
        ),
        written as (
            select source_system, object_type, field, record_id, old_value, value, changed_at
            from landed_changes semi join chosen using (source_system, object_type, field)
        ),
        uses as (
            select * exclude (value), value, 1 as rows, 0 as changes,
                null::timestamp as used_at from held
            union all by name
            select source_system, object_type, field, record_id, value, 0 as rows, 1 as changes,
                changed_at::timestamp as used_at from written where value is not null
            union all by name
            select source_system, object_type, field, record_id, old_value as value, 0 as rows,
                0 as changes, null::timestamp as used_at from written where old_value is not null
        ),
        counted as (
            select source_system, object_type, field, lower(value) as value_key,
                mode(value order by value) as value, sum(rows) as row_count,
                count(distinct record_id) as record_count, sum(changes) as change_count,
                min(used_at) as first_used_at, max(used_at) as last_used_at
            from uses group by all
        ),
        options as (
            select source_system, object_type, field, lower(trim(value)) as value_key,
                min(trim(value)) as value, min(label) as label, min(position) as position,
                min(pipeline) as pipeline, bool_or(is_closed) as is_closed,
                bool_or(is_won) as is_won
            from landed_options semi join chosen using (source_system, object_type, field)
            group by all
        )
        select
            coalesce(counted.source_system, options.source_system),
            coalesce(counted.object_type, options.object_type),
            coalesce(counted.field, options.field),
            coalesce(options.value, counted.value), options.label,
            coalesce(counted.row_count, 0)::bigint, coalesce(counted.record_count, 0),
            coalesce(counted.change_count, 0)::bigint,
            counted.first_used_at, counted.last_used_at,
            options.position, options.pipeline, options.is_closed, options.is_won
        from counted full join options
            on counted.source_system = options.source_system
            and counted.object_type = options.object_type
            and counted.field = options.field
            and counted.value_key = options.value_key
        order by 1, 2, 3, row_count desc, 4
        """
    ).fetchall()
    return [ValueUse(*row) for row in rows]


def affected_records(
    connection: DuckDBPyConnection,
    values: Sequence[tuple[str, str, str, str]],
    activity_types: Sequence[tuple[str, str]] = (),
) -> tuple[int, int]:
    """Distinct records of people that hold or held one of (system, object, field, value), or
    have an activity of one of (system, type), and all.

    An empty value stands for any value of the field.
    """
    people = "object_type in ('contact', 'lead')"
    everybody = (
        f"select distinct source_system, object_type, record_id from landed_values where {people}"
    )
    total = _number(connection, f"select count(*) from ({everybody})")
    selects = []
    if values:
        selects.append(f"""
            with asked (source_system, object_type, field, value) as (values {_listed(values)}),
            seen as (
                select source_system, object_type, field, record_id, value from landed_values
                union all
                select source_system, object_type, field, record_id, value from landed_changes
            )
            select seen.source_system, seen.object_type, seen.record_id from seen
            inner join asked
                on seen.source_system = asked.source_system
                and seen.object_type = asked.object_type and seen.field = asked.field
                and (asked.value = '' or lower(trim(seen.value)) = lower(trim(asked.value)))
            where seen.{people}
        """)
    if activity_types:
        selects.append(f"""
            with asked (source_system, value) as (values {_listed(activity_types)}),
            active as (
                select distinct landed_activities.source_system, record_id
                from landed_activities
                inner join asked
                    on landed_activities.source_system = asked.source_system
                    and lower(trim(activity_type)) = lower(asked.value)
            )
            select everybody.* from ({everybody}) as everybody
            inner join active using (source_system, record_id)
        """)
    if not selects:
        return 0, total
    touched = " union ".join(f"({select})" for select in selects)
    return _number(connection, f"select count(*) from (select distinct * from ({touched}))"), total


def _listed(rows: Iterable[Sequence[str]]) -> str:
    return ", ".join(f"({', '.join(map(literal, row))})" for row in rows)


def _number(connection: DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def rows_of(connection: DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """A query's rows as dicts by column name."""
    result = connection.execute(query)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
