-- Moments in the marts that lie after the as-of moment.

with

build as (

    select * from {{ ref('int_as_of') }}

),

{% set moments = {
    'fct_stage_visits': ['valid_from', 'valid_to'],
    'fct_record_stage_visits': ['valid_from', 'valid_to'],
    'fct_status_visits': ['valid_from', 'valid_to'],
    'fct_deal_stage_visits': ['valid_from', 'valid_to'],
    'fct_owner_visits': ['valid_from', 'valid_to'],
    'fct_stage_transitions': ['transitioned_at'],
    'fct_handoffs': ['offered_at', 'assigned_at', 'decided_at', 'first_action_at'],
    'fct_deals': ['created_at', 'offer_sent_at', 'contract_signed_at', 'closed_at'],
    'fct_rule_violations': ['occurred_at', 'repaired_at', 'first_seen_at'],
    'dim_people': ['created_at', 'stage_entered_at', 'last_activity_at'],
    'dim_accounts': ['created_at', 'stage_entered_at'],
    'bridge_person_records': ['linked_at'],
    'fct_identity_conflicts': ['occurred_at'],
} %}
latest as (

    {% for mart, names in moments.items() %}
    {% for name in names %}
    select
        '{{ mart }}.{{ name }}' as moment,
        max({{ name }}) as latest_at
    from {{ ref(mart) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select latest.*
from latest
cross join build
where latest.latest_at > build.as_of
