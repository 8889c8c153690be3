"""The selects behind options, users, assets and activities: what a CRM lists, in one shape."""

from collections.abc import Iterator

from scripts.proposal.landed import Landed
from scripts.raw_contract import literal


def labelled_options(source: Landed) -> Iterator[str]:
    """Values that the CRM has labels for."""
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
            " case when probability >= 1 then true when probability <= 0 then false end as is_won"
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
    if source.kind == "salesforce" and source.has("record_type", "id", "name", "sobject_type"):
        yield (
            "select 'deal' as object_type, 'record_type_id' as field, id as value, name as label,"
            " null as position, null as pipeline, null as is_closed, null as is_won"
            f" from {source.tables['record_type'].sql} where lower(sobject_type) = 'opportunity'"
        )


def users(source: Landed) -> Iterator[str]:
    """Users or owners, with their team."""
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


def logins(source: Landed) -> Iterator[str]:
    """Users under whose name a CRM's history stands, where it does not say what wrote a value."""
    if source.kind == "salesforce" and source.has("user", "id", "name"):
        login, user_type = (
            name if source.has("user", name) else "null" for name in ("username", "user_type")
        )
        yield (
            f"select id as user_id, name as full_name, {login} as login, {user_type} as user_type"
            f" from {source.tables['user'].sql}"
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


def assets(source: Landed) -> Iterator[str]:
    """What people filled in: forms by name."""
    if source.has("contact_form_submission", "form_id"):
        forms = source.has("form", "guid", "name")
        label = "coalesce(forms.name, submissions.title)" if forms else "submissions.title"
        yield (
            f"select submissions.form_id as asset, {label} as label"
            f" from {source.tables['contact_form_submission'].sql} as submissions"
            + (
                f" left join {source.tables['form'].sql} as forms"
                " on submissions.form_id = forms.guid"
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


# HubSpot's engagements by the type they have in the models; a task counts once it is done.
ENGAGEMENTS = ("call", "communication", "email", "meeting", "note", "task")


def activities(source: Landed) -> Iterator[str]:
    """What people did and was done with them, under the types that the policy gives a meaning."""
    if source.kind == "open" and source.has("activities", "activity_type"):
        yield (
            "select activity_id, record_id, activity_type, lower(trim(direction)) as direction,"
            f" occurred_at from {source.tables['activities'].sql}"
        )
    elif source.kind == "hubspot":
        yield from _hubspot_activities(source)
    elif source.kind == "salesforce":
        yield from _salesforce_activities(source)


def _hubspot_activities(source: Landed) -> Iterator[str]:
    if source.has("contact_form_submission", "conversion_id"):
        yield (
            "select conversion_id as activity_id, contact_id as record_id,"
            " 'form_submission' as activity_type, 'inbound' as direction,"
            f" timestamp as occurred_at from {source.tables['contact_form_submission'].sql}"
        )
    if not source.has("engagement_contact", "engagement_id", "contact_id"):
        return
    for kind in ENGAGEMENTS:
        if not source.has(f"engagement_{kind}", "engagement_id"):
            continue
        direction = f"property_hs_{kind}_direction" if kind in ("call", "email") else "null"
        done = " and coalesce(upper(property_hs_task_status), 'COMPLETED') = 'COMPLETED'"
        yield (
            "select engagement_id as activity_id, contact_id as record_id,"
            f" {literal(kind)} as activity_type,"
            f" case when lower({direction}) like 'in%' then 'inbound' end as direction,"
            " coalesce(property_hs_timestamp, property_hs_createdate) as occurred_at"
            f" from {source.tables[f'engagement_{kind}'].sql}"
            " left join (select engagement_id, contact_id"
            f" from {source.tables['engagement_contact'].sql}) using (engagement_id)"
            f" where not coalesce(_fivetran_deleted, false){done if kind == 'task' else ''}"
        )


def _salesforce_activities(source: Landed) -> Iterator[str]:
    there = "not coalesce(is_deleted, false) and not coalesce(_fivetran_deleted, false)"
    known = (
        f"(left(trim(who_id), 3) in ('00Q', '003') or left(trim(what_id), 3) = '006') and {there}"
    )
    if source.has("task", "task_subtype", "call_type", "who_id"):
        yield (
            "select id as activity_id, left(who_id, 15) as record_id,"
            " case when lower(trim(call_type)) = 'internal' then 'task'"
            " when lower(coalesce(nullif(trim(task_subtype), ''), 'task')) <> 'task'"
            " then lower(trim(task_subtype))"
            " else lower(coalesce(nullif(trim(type), ''), 'task')) end as activity_type,"
            " lower(trim(call_type)) as direction,"
            " coalesce(completed_date_time, greatest(activity_date, created_date), created_date)"
            f" as occurred_at from {source.tables['task'].sql} where {known}"
            " and coalesce(is_closed, lower(status) = 'completed',"
            " completed_date_time is not null)"
        )
    if source.has("event", "type", "who_id"):
        yield (
            "select id as activity_id, left(who_id, 15) as record_id,"
            " case when lower(trim(type)) in ('call', 'email') then lower(trim(type))"
            " else 'meeting' end as activity_type, null as direction,"
            " coalesce(start_date_time, activity_date_time, activity_date) as occurred_at"
            f" from {source.tables['event'].sql} where {known}"
        )
    if source.has("campaign_member", "has_responded", "first_responded_date"):
        yield (
            "select id as activity_id,"
            " left(coalesce(contact_id, lead_id, lead_or_contact_id), 15) as record_id,"
            " 'campaign_response' as activity_type, 'inbound' as direction,"
            " first_responded_date as occurred_at"
            f" from {source.tables['campaign_member'].sql}"
            f" where has_responded and first_responded_date is not null and {there}"
        )
