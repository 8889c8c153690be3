"""One reading of every source: temporary relations of one shape, whatever CRM it is.

- `landed_values` (source_system, object_type, record_id, field, value): what records hold now
- `landed_changes` (… field, old_value, value, changed_by, change_source, changed_at)
- `landed_options` (… field, value, label, position, pipeline, is_closed, is_won)
- `landed_users` (source_system, user_id, full_name, email, team)
- `landed_logins` (source_system, user_id, full_name, login, user_type): where a change only names
  the user
- `landed_assets` (source_system, asset, label): what people fill in
- `landed_activities` (source_system, activity_id, record_id, activity_type, direction,
  occurred_at): what people did and was done with them

`field` is the CRM's own name of a field in key form (`Lifecycle_Stage__c` is
`lifecycle_stage_c`).
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from scripts.proposal.landed import Landed
from scripts.proposal.lists import activities, assets, labelled_options, logins, users
from scripts.raw_contract import literal, quoted

# Table, object type and key of the records, by kind of source.
RECORDS = {
    "hubspot": (
        ("contact", "contact", "id"),
        ("company", "company", "id"),
        ("deal", "deal", "deal_id"),
    ),
    "salesforce": (
        ("lead", "lead", "id"),
        ("contact", "contact", "id"),
        ("account", "company", "id"),
        ("opportunity", "deal", "id"),
    ),
    "open": (("records", "", "record_id"), ("deals", "deal", "deal_id")),
}
# The tables that hold changes: expressions by the name of the column they become.
HISTORIES = Path(__file__).with_name("histories.csv")
SHAPES = {
    "landed_values": "object_type, record_id, field, value",
    "landed_changes": "object_type, record_id, field, old_value, value, changed_by, change_source,"
    " changed_at",
    "landed_options": "object_type, field, value, label, position, pipeline, is_closed, is_won",
    "landed_users": "user_id, full_name, email, team",
    "landed_logins": "user_id, full_name, login, user_type",
    "landed_assets": "asset, label",
    "landed_activities": "activity_id, record_id, activity_type, direction, occurred_at",
}
EMPTY = {
    "position": "0",
    "is_closed": "false",
    "is_won": "false",
    "changed_at": "timestamp '1970-01-01'",
    "occurred_at": "timestamp '1970-01-01'",
}


def field_key(name: str) -> str:
    """A field's name as it is compared everywhere: no prefix, small letters, single `_`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"_+", "_", spaced.lower().removeprefix("property_")).strip("_")


def field_key_sql(expression: str) -> str:
    """The same in SQL."""
    spaced = f"regexp_replace({expression}, '([a-z0-9])([A-Z])', '\\1_\\2', 'g')"
    return f"trim(regexp_replace(lower({spaced}), '_+', '_', 'g'), '_')"


def open_reading(connection: DuckDBPyConnection, sources: Sequence[Landed]) -> None:
    """Make the temporary tables and views over these sources."""
    readers = {
        "landed_values": _values,
        "landed_changes": _changes,
        "landed_options": labelled_options,
        "landed_users": users,
        "landed_logins": logins,
        "landed_assets": assets,
        "landed_activities": activities,
    }
    for view, reader in readers.items():
        selects = [
            f"select {literal(source.system)} as source_system, {SHAPES[view]} from ({select})"
            for source in sources
            for select in reader(source)
        ]
        # What records hold is asked for often, and its views have a branch for every field.
        kind = "table" if view == "landed_values" else "view"
        connection.execute(
            f"create or replace temporary {kind} {view} as "
            + " union all ".join([*selects, _nothing(SHAPES[view])])
        )


def _nothing(shape: str) -> str:
    names = [name.strip() for name in shape.split(",")]
    columns = ", ".join(f"{EMPTY.get(name, chr(39) * 2)} as {name}" for name in names)
    return f"select '' as source_system, {columns} where false"


def record_key(kind: str, column: str) -> str:
    """Ids compare as text; Salesforce's 15 and 18 characters are the same id."""
    return (
        f"left(cast({column} as varchar), 15)"
        if kind == "salesforce"
        else f"cast({column} as varchar)"
    )


def _values(source: Landed) -> Iterator[str]:
    for table, object_type, key in RECORDS[source.kind]:
        fields = source.tables[f"{table}_fields"]
        kind = literal(object_type) if object_type else "record_type"
        yield (
            f"select {kind} as object_type, {record_key(source.kind, key)} as record_id,"
            f" field, value from {fields.sql}"
        )


def _changes(source: Landed) -> Iterator[str]:
    for history in histories():
        cells = [cell for name, cell in history.items() if name not in ("kind", "table")]
        stated = [cell for cell in cells if cell != "null" and not cell.startswith("'")]
        if history["kind"] != source.kind or not source.has(history["table"], *stated):
            continue
        yield (
            f"select {history['object_type']} as object_type,"
            f" {record_key(source.kind, history['record_id'])} as record_id,"
            f" {field_key_sql(history['field'])} as field,"
            f" nullif(trim({history['old_value']}), '') as old_value,"
            f" nullif(trim({history['value']}), '') as value,"
            f" {history['changed_by']} as changed_by,"
            f" {history['change_source']} as change_source,"
            f" {quoted(history['changed_at'])} as changed_at"
            f" from {source.tables[history['table']].sql}"
        )


@cache
def histories() -> tuple[dict[str, str], ...]:
    """The rows of `histories.csv`."""
    with HISTORIES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def systems(sources: Iterable[Landed]) -> dict[str, str]:
    """Kind by system."""
    return {source.system: source.kind for source in sources}
