"""The selects behind options, users and assets: what a CRM lists, one shape for all."""

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
