-- One row per handoff whose start is known, as the acceptance mart counts it.

with

handoffs as (

    select * from {{ ref('int_handoffs') }}
    where not is_start_inferred

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

visit_cohorts as (

    select * from {{ ref('int_visit_cohorts') }}

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

offers as (

    select
        handoffs.handoff_key,
        visit_cohorts.lead_source_group,
        coalesce(handoffs.owner_team, 'unassigned') as owner_team,
        case
            when handoffs.decision like 'rejected%' then 'rejected'
            else handoffs.decision
        end as outcome,
        handoffs.hours_to_decision,
        coalesce(handoffs.decision_due_at <= as_of.as_of, false) as is_matured,
        not handoffs.is_bulk
        and not coalesce(transitions.is_bulk, false)
        and coalesce(stage_visits.entered_by_kind, 'unknown') != 'propagated'
        and coalesce(transitions.actor_kind, 'unknown') != 'propagated' as is_timed,
        {{ local_date('handoffs.offered_at') }} as offered_on
    from handoffs
    cross join as_of
    inner join stage_visits
        on handoffs.visit_key = stage_visits.visit_key
    inner join visit_cohorts
        on handoffs.visit_key = visit_cohorts.visit_key
    left join transitions
        on handoffs.decided_transition_key = transitions.transition_key

)

select * from offers
