"""Landed rows of the open format put back to an earlier moment: what a load then had landed.

What came later goes: changes, records, deals, activities, documents. What a record or deal held
is what its history proves: the last change by then, else the old value of the first one after it,
else what it holds today; a stage, status or owner that has no history is unknown. Links between
records stay, as links do, and so does what nobody dates.
"""

from collections.abc import Callable
from datetime import datetime

from duckdb import DuckDBPyConnection

from scripts.raw_contract import literal, quoted

# The fields of timelines: where they have no history, today's value proves nothing.
TIMELINES = {
    "records": ("lifecycle_stage", "lead_status", "owner_id"),
    "deals": ("deal_stage", "owner_id"),
}
KEYS = {"records": ("record_type", "record_id"), "deals": ("'deal'", "deal_id")}
# What a deal shows of its end, and a record of its deletion.
ENDS = {
    "deals": (
        (
            "closed_at",
            {"is_closed": "false", "is_won": "false", "lost_reason": "null", "closed_at": "null"},
        ),
    ),
    "records": (("deleted_at", {"is_deleted": "false", "deleted_at": "null"}),),
}
MOMENTS = {
    "changes": "changed_at",
    "records": "created_at",
    "deals": "created_at",
    "activities": "occurred_at",
    "documents": "least(sent_at, signed_at)",
}


def rewind_open(connection: DuckDBPyConnection, schema: str, moment: datetime) -> None:
    """Put the open tables of one schema back to a moment."""
    run = connection.execute
    then = f"timestamp {literal(moment.isoformat(' '))}"
    run(f"create or replace temp table held as {held_then(schema, then)}")
    for table, (kind, key) in KEYS.items():
        for field in columns_of(connection, schema, table):
            rewind_field(run, quoted(schema, table), table, kind, key, field)
    for table, ends in ENDS.items():
        for ended_at, values in ends:
            changed = ", ".join(f"{column} = {value}" for column, value in values.items())
            run(f"update {quoted(schema, table)} set {changed} where {ended_at} > {then}")
    for table, dated_at in MOMENTS.items():
        run(f"delete from {quoted(schema, table)} where {dated_at} > {then}")
    for column in ("sent_at", "signed_at"):
        documents = quoted(schema, "documents")
        run(f"update {documents} set {column} = null where {column} > {then}")


def columns_of(connection: DuckDBPyConnection, schema: str, table: str) -> list[str]:
    """The columns of a raw table."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = current_database()"
        f" and schema_name = {literal(schema)} and table_name = {literal(table)}"
    ).fetchall()
    return [str(name) for (name,) in found]


def held_then(schema: str, then: str) -> str:
    """A query for the value that each changed field of a record held at a moment."""
    return f"""
        select
            entity_type, entity_id, field,
            case
                when bool_or(changed_at <= {then})
                    then arg_max(
                        coalesce(new_value, ''), changed_at
                    ) filter (where changed_at <= {then})
                when bool_or(changed_at > {then})
                    then arg_min(coalesce(old_value, ''), changed_at)
            end as value,
            bool_or(changed_at > {then}) as is_changed_later
        from {quoted(schema, "changes")}
        group by all
    """


def rewind_field(
    run: Callable[[str], object], relation: str, table: str, kind: str, key: str, field: str
) -> None:
    """Put one column back, where a history tells or where it would have to."""
    run(
        f"update {relation} set {field} = nullif(held.value, '') from held"
        f" where held.entity_type = {kind} and held.entity_id = {key}"
        f" and held.field = {literal(field)} and held.is_changed_later"
    )
    if field in TIMELINES[table]:
        run(
            f"update {relation} set {field} = null where {kind} not in"
            f" (select entity_type from held where field = {literal(field)})"
        )
