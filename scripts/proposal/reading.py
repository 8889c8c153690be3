"""One reading of every source: temporary views of one shape, whatever CRM the tables are of.

- `landed_values` (source_system, object_type, record_id, field, value): what records hold now
- `landed_changes` (… field, old_value, value, changed_by, change_source, changed_at)
- `landed_options` (… field, value, label, position, pipeline, is_closed, is_won)
- `landed_users` (source_system, user_id, full_name, email, team)
- `landed_assets` (source_system, asset, label): what people fill in

`field` is the CRM's own name of a field in key form (`Lifecycle_Stage__c` is
`lifecycle_stage_c`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from duckdb import DuckDBPyConnection

from scripts.proposal.landed import Landed
from scripts.raw_contract import literal, quoted

# Table, object type and key of the records, by kind of source.
RECORDS = {
    "hubspot": (("contact", "contact", "id"), ("company", "company", "id"), ("deal", "deal", "deal_id")),
    "salesforce": (
        ("lead", "lead", "id"),
        ("contact", "contact", "id"),
        ("account", "company", "id"),
        ("opportunity", "deal", "id"),
    ),
    "open": (("records", "", "record_id"), ("deals", "deal", "deal_id")),
}
# Table, object type, key, and the columns (or literals) for field, old, new, who, what, when.
HISTORIES = {
    "hubspot": (
        ("contact_property_history", "contact", "contact_id", "name", "null", "value", "source_id", "source", "timestamp"),
        ("company_property_history", "company", "company_id", "name", "null", "value", "source_id", "source", "timestamp"),
        ("deal_property_history", "deal", "deal_id", "name", "null", "value", "source_id", "source", "timestamp"),
        ("deal_stage", "deal", "deal_id", "'dealstage'", "null", "value", "source_id", "source", "date_entered"),
    ),
    "salesforce": (
        ("lead_history", "lead", "lead_id", "field", "old_value", "new_value", "created_by_id", "null", "created_date"),
        ("contact_history", "contact", "contact_id", "field", "old_value", "new_value", "created_by_id", "null", "created_date"),
        ("account_history", "company", "account_id", "field", "old_value", "new_value", "created_by_id", "null", "created_date"),
        ("opportunity_field_history", "deal", "opportunity_id", "field", "old_value", "new_value", "created_by_id", "null", "created_date"),
        ("opportunity_history", "deal", "opportunity_id", "'stage_name'", "null", "stage_name", "created_by_id", "null", "created_date"),
    ),
    "open": (
        ("changes", "entity_type", "entity_id", "field", "old_value", "new_value", "changed_by", "change_source", "changed_at"),
    ),
}  # fmt: skip
# Where Fivetran's column is not called what HubSpot calls the field.
RENAMED = {
    ("hubspot", "deal", "deal_pipeline_stage_id"): "dealstage",
    ("hubspot", "deal", "deal_pipeline_id"): "pipeline",
    ("hubspot", "deal", "owner_id"): "hubspot_owner_id",
}
SHAPES = {
    "landed_values": "object_type, record_id, field, value",
    "landed_changes": "object_type, record_id, field, old_value, value, changed_by, change_source,"
    " changed_at",
    "landed_options": "object_type, field, value, label, position, pipeline, is_closed, is_won",
    "landed_users": "user_id, full_name, email, team",
    "landed_assets": "asset, label",
}
EMPTY = {
    "position": "0",
    "is_closed": "false",
    "is_won": "false",
    "changed_at": "timestamp '1970-01-01'",
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
    """Make the temporary views over these sources."""
    readers = {
        "landed_values": _values,
        "landed_changes": _changes,
        "landed_options": _options,
        "landed_users": _users,
        "landed_assets": _assets,
    }
    for view, reader in readers.items():
        selects = [
            f"select {literal(source.system)} as source_system, {SHAPES[view]} from ({select})"
            for source in sources
            for select in reader(source)
        ]
        connection.execute(
            f"create or replace temporary view {view} as "
            + " union all ".join([*selects, _nothing(SHAPES[view])])
        )


def _nothing(shape: str) -> str:
    names = [name.strip() for name in shape.split(",")]
    columns = ", ".join(f"{EMPTY.get(name, chr(39) * 2)} as {name}" for name in names)
    return f"select '' as source_system, {columns} where false"


def record_key(kind: str, column: str) -> str:
    """Ids compare as text; Salesforce's 15 and 18 characters are the same id."""
    return f"left(cast({column} as varchar), 15)" if kind == "salesforce" else f"cast({column} as varchar)"


def _values(source: Landed) -> Iterator[str]:
    for table, object_type, key in RECORDS[source.kind]:
        if not source.has(table, key):
            continue
        landed = source.tables[table]
        kind = literal(object_type) if object_type else "record_type"
        fields = source.tables.get(f"{table}_fields")
        if fields is not None and object_type:
            yield (
                f"select {kind} as object_type, {record_key(source.kind, fields.columns[0])}"
                f" as record_id, field, value from {fields.sql}"
            )
            continue
        named = {
            RENAMED.get((source.kind, table, column), field_key(column)): column
            for column in landed.columns
            if not column.startswith("_") and column != key
        }
        cells = ", ".join(
            f"cast({quoted(column)} as varchar) as {quoted(field)}"
            for field, column in named.items()
            if field not in ("object_type", "record_id")
        )
        yield (
            "select object_type, record_id, field, value from (unpivot (select"
            f" {kind} as object_type, {record_key(source.kind, key)} as record_id, {cells}"
            f" from {landed.sql}) on columns(* exclude (object_type, record_id))"
            " into name field value value)"
        )


def _changes(source: Landed) -> Iterator[str]:
    for table, object_type, *columns in HISTORIES[source.kind]:
        key, field, old, new, who, what, when = columns
        stated = [name for name in columns if name != "null" and not name.startswith("'")]
        if not source.has(table, *stated):
            continue
        kind = object_type if object_type == "entity_type" else literal(object_type)
        yield (
            f"select {kind} as object_type, {record_key(source.kind, key)} as record_id,"
            f" {field_key_sql(field)} as field, nullif(trim({old}), '') as old_value,"
            f" nullif(trim({new}), '') as value, {who} as changed_by,"
            f" {what} as change_source, {quoted(when)} as changed_at"
            f" from {source.tables[table].sql}"
        )


def _options(source: Landed) -> Iterator[str]:
    if source.has("property_option", "hubspot_object", "name", "value", "label"):
        yield (
            "select lower(hubspot_object) as object_type, name as field, value, label,"
            " display_order as position, null as pipeline, null as is_closed, null as is_won"
            f" from {source.tables['property_option'].sql}"
        )
    if source.has("deal_pipeline_stage", "stage_id", "label", "pipeline_id"):
        yield (
            "select 'deal' as object_type, 'dealstage' as field, stage_id as value, label,"
            " display_order as position, pipeline_id as pipeline,"
            " coalesce(is_closed, closed_won) as is_closed,"
            " coalesce(is_closed, closed_won) and probability = 1 as is_won"
            f" from {source.tables['deal_pipeline_stage'].sql}"
        )
    if source.has("deal_pipeline", "pipeline_id", "label"):
        yield (
            "select 'deal' as object_type, 'pipeline' as field, pipeline_id as value, label,"
            " display_order as position, null as pipeline, null as is_closed, null as is_won"
            f" from {source.tables['deal_pipeline'].sql}"
        )
    if source.has("lead_status", "master_label"):
        yield (
            "select 'lead' as object_type, 'status' as field,"
            " coalesce(api_name, master_label) as value, master_label as label,"
            " sort_order as position, null as pipeline, null as is_closed, null as is_won"
            f" from {source.tables['lead_status'].sql}"
        )
    if source.has("opportunity_stage", "master_label", "is_closed", "is_won"):
        yield (
            "select 'deal' as object_type, 'stage_name' as field,"
            " coalesce(api_name, master_label) as value, master_label as label,"
            " sort_order as position, null as pipeline, is_closed, is_won"
            f" from {source.tables['opportunity_stage'].sql}"
        )


def _users(source: Landed) -> Iterator[str]:
    name = "trim(coalesce({0}first_name, '') || ' ' || coalesce({0}last_name, ''))"
    if source.kind == "hubspot":
        yield from _hubspot_owners(source, name)
    if source.kind == "salesforce" and source.has("user", "id"):
        teams = source.has("user_role", "id", "name") and source.has("user", "user_role_id")
        yield (
            "select 'salesforce:user:' || users.id as user_id, users.name as full_name,"
            f" users.email, {'roles.name' if teams else 'null'} as team"
            f" from {source.tables['user'].sql} as users"
            + (
                f" left join {source.tables['user_role'].sql} as roles"
                " on users.user_role_id = roles.id"
                if teams
                else ""
            )
        )
    if source.kind == "open" and source.has("users", "user_id"):
        yield (
            f"select {literal(source.system + ':user:')} || user_id as user_id, full_name, email,"
            f" team from {source.tables['users'].sql}"
        )


def _hubspot_owners(source: Landed, name: str) -> Iterator[str]:
    if not source.has("owner", "owner_id"):
        return
    has_teams = source.has("owner_team", "owner_id", "team_id") and source.has("team", "id", "name")
    teams = (
        " left join (select owner_team.owner_id, max(team.name) as name from"
        f" {source.tables['owner_team'].sql} as owner_team inner join"
        f" {source.tables['team'].sql} as team on owner_team.team_id = team.id"
        " where coalesce(owner_team.is_team_primary, true) group by owner_team.owner_id) as teams"
        " on owners.owner_id = teams.owner_id"
        if has_teams
        else ""
    )
    yield (
        f"select 'hubspot:owner:' || owners.owner_id as user_id, {name.format('owners.')}"
        f" as full_name, owners.email, {'teams.name' if has_teams else 'null'} as team"
        f" from {source.tables['owner'].sql} as owners{teams}"
    )


def _assets(source: Landed) -> Iterator[str]:
    if source.has("contact_form_submission", "form_id"):
        forms = source.has("form", "guid", "name")
        label = "coalesce(forms.name, submissions.title)" if forms else "submissions.title"
        yield (
            f"select submissions.form_id as asset, {label} as label"
            f" from {source.tables['contact_form_submission'].sql} as submissions"
            + (
                f" left join {source.tables['form'].sql} as forms on submissions.form_id = forms.guid"
                if forms
                else ""
            )
        )
    if source.has("activities", "asset", "activity_type"):
        yield (
            "select asset, asset as label"
            f" from {source.tables['activities'].sql}"
            " where activity_type = 'form_submission' and asset is not null"
        )


def systems(sources: Iterable[Landed]) -> dict[str, str]:
    """Kind by system."""
    return {source.system: source.kind for source in sources}
