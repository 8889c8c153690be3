"""SQL functions that the connectors' mappings use; they live in the warehouse, in `raw_meta`.

- `salesforce_id(id)`: a Salesforce id in its 18-character form, whichever it was written in: the
  last three characters say which of the first fifteen are capitals.
- `hubspot_value(label)`: HubSpot's own value for the label of a standard option, which is what an
  export shows (`Marketing Qualified Lead`); any other label as it is.
- `hubspot_property(label)`, `hubspot_value_of(property, label)`: the same for the label of a
  property, and for a value of a property that has such options;
- `hubspot_active(status)`: whether a user's status is none of those who are gone;
- `listed(text)`: the ids in a list that came as JSON, or parted by semicolons or commas.
"""

from duckdb import DuckDBPyConnection

from scripts.field_names import squashed
from scripts.raw_contract import literal

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_VALUES = {
    "lifecycle": "subscriber lead marketingqualifiedlead salesqualifiedlead opportunity customer "
    "evangelist",
    "lead status": "NEW OPEN IN_PROGRESS OPEN_DEAL UNQUALIFIED ATTEMPTED_TO_CONTACT CONNECTED "
    "BAD_TIMING",
    "source": "ORGANIC_SEARCH PAID_SEARCH EMAIL_MARKETING SOCIAL_MEDIA REFERRALS OTHER_CAMPAIGNS "
    "DIRECT_TRAFFIC PAID_SOCIAL AI_REFERRALS",
    "deal stage": "appointmentscheduled qualifiedtobuy presentationscheduled "
    "decisionmakerboughtin contractsent closedwon closedlost",
}
_LABELS = {squashed(value): value for line in _VALUES.values() for value in line.split()} | {
    "offlinesources": "OFFLINE",
    "organicsocial": "SOCIAL_MEDIA",
    "salespipeline": "default",
}
_PROPERTIES = {
    "lifecyclestage": "lifecyclestage",
    "leadstatus": "hs_lead_status",
    "contactowner": "hubspot_owner_id",
    "companyowner": "hubspot_owner_id",
    "dealowner": "hubspot_owner_id",
    "dealstage": "dealstage",
    "owner": "hubspot_owner_id",
    "hubspotowner": "hubspot_owner_id",
    "hubspotownerid": "hubspot_owner_id",
    "hsleadstatus": "hs_lead_status",
    "originalsource": "hs_analytics_source",
    "originaltrafficsource": "hs_analytics_source",
    "latestsource": "hs_latest_source",
    "latesttrafficsource": "hs_latest_source",
    "closedlostreason": "closed_lost_reason",
    # The same in German, without the letters that English does not have.
    "lifecyclephase": "lifecyclestage",
    "dealphase": "dealstage",
    "kontaktzustndiger": "hubspot_owner_id",
    "unternehmenszustndiger": "hubspot_owner_id",
    "dealzustndiger": "hubspot_owner_id",
    "zustndigermitarbeiter": "hubspot_owner_id",
    "ursprnglichetrafficquelle": "hs_analytics_source",
}


def make_functions(connection: DuckDBPyConnection) -> None:
    """Make the functions, also those that a warehouse has from an earlier version."""
    for name, definition in (
        ("salesforce_id", _salesforce_id()),
        ("hubspot_value", _hubspot_value()),
        ("hubspot_property", _hubspot_property()),
        ("hubspot_value_of", _HUBSPOT_VALUE_OF),
        ("hubspot_active", _HUBSPOT_ACTIVE),
        ("listed", _LISTED),
    ):
        connection.execute(f"create or replace macro raw_meta.{name}{definition}")


def _salesforce_id() -> str:
    # Short on purpose: it is planned again for each id in each view, which is most of its cost.
    capitals = "regexp_replace(regexp_replace(trim(id), '[^A-Z]', '0', 'g'), '[A-Z]', '1', 'g')"

    def letter(chunk: int) -> str:
        bits = f"reverse(substr({capitals}, {chunk * 5 + 1}, 5))"
        return f"substr('{_LETTERS}', 1 + try_cast('0b' || {bits} as integer), 1)"

    return f"""(id) as case
        when length(trim(id)) = 15 then trim(id) || {" || ".join(map(letter, range(3)))}
        else nullif(trim(id), '')
    end"""


def _hubspot_value() -> str:
    # A deal stage's label ends with its pipeline's in parentheses.
    bare = "regexp_replace(label, '\\s*\\(.*\\)\\s*$', '')"
    squeezed = f"regexp_replace(lower({bare}), '[^0-9a-z]+', '', 'g')"
    known = ", ".join(f"{literal(label)}: {literal(value)}" for label, value in _LABELS.items())
    return f"(label) as coalesce(map {{{known}}}[{squeezed}], nullif(trim(label), ''))"


def _hubspot_property() -> str:
    known = ", ".join(f"{literal(label)}: {literal(name)}" for label, name in _PROPERTIES.items())
    named = "regexp_replace(lower(trim(label)), '[^0-9a-z]+', '_', 'g')"
    squeezed = "regexp_replace(lower(label), '[^0-9a-z]+', '', 'g')"
    return f"(label) as coalesce(map {{{known}}}[{squeezed}], {named})"


_HUBSPOT_VALUE_OF = """(property, label) as case
    when raw_meta.hubspot_property(property) in (
        'lifecyclestage', 'hs_lead_status', 'dealstage', 'pipeline', 'hs_analytics_source'
    ) then raw_meta.hubspot_value(label)
    else label
end"""
_HUBSPOT_ACTIVE = """(status) as not regexp_matches(
    lower(trim(status)), 'deactiv|deaktiv|inactiv|inaktiv|removed|entfernt|^(false|no|nein|0)$'
)"""
_LISTED = """(list) as case
    when starts_with(trim(list), '[') then from_json(list, '["VARCHAR"]')
    else list_filter(
        list_transform(string_split_regex(list, '[;,]'), lambda one: trim(one)),
        lambda one: one <> ''
    )
end"""
