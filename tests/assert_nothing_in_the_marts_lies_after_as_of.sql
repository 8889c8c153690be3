-- Moments in the marts that the as-of moment has not reached yet.

with

moments as (

    select
        'fct_stage_visits' as mart,
        max(greatest(valid_from, valid_to)) as last_at
    from {{ ref('fct_stage_visits') }}
    union all
    select
        'fct_stage_transitions' as mart,
        max(transitioned_at) as last_at
    from {{ ref('fct_stage_transitions') }}
    union all
    select
        'fct_status_visits' as mart,
        max(greatest(valid_from, valid_to)) as last_at
    from {{ ref('fct_status_visits') }}
    union all
    select
        'fct_deal_stage_visits' as mart,
        max(greatest(valid_from, valid_to)) as last_at
    from {{ ref('fct_deal_stage_visits') }}
    union all
    select
        'fct_owner_visits' as mart,
        max(greatest(valid_from, valid_to)) as last_at
    from {{ ref('fct_owner_visits') }}
    union all
    select
        'fct_handoffs' as mart,
        max(greatest(offered_at, assigned_at, decided_at, first_action_at)) as last_at
    from {{ ref('fct_handoffs') }}
    union all
    select
        'fct_deals' as mart,
        max(greatest(created_at, offer_sent_at, contract_signed_at, closed_at))
            as last_at
    from {{ ref('fct_deals') }}
    union all
    select
        'dim_people' as mart,
        max(greatest(created_at, stage_entered_at, last_activity_at)) as last_at
    from {{ ref('dim_people') }}
    union all
    select
        'fct_rule_violations' as mart,
        max(greatest(occurred_at, repaired_at, first_seen_at)) as last_at
    from {{ ref('fct_rule_violations') }}

)

select
    moments.mart,
    moments.last_at
from moments
cross join {{ ref('int_as_of') }} as as_of
where moments.last_at > as_of.as_of
