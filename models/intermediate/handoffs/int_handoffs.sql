-- One row per handoff: each entry to the mql role that lasts, except restored or
-- resumed ones.

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql' and not is_restored

),

decisions as (

    select * from {{ ref('int_handoff_decisions') }}

),

reasons as (

    select * from {{ ref('int_handoff_reasons') }}

),

clocks as (

    select * from {{ ref('int_handoff_clocks') }}

),

assignments as (

    select * from {{ ref('int_handoff_assignments') }}

),

teams as (

    select * from {{ ref('int_user_teams') }}

),

first_actions as (

    select * from {{ ref('int_handoff_first_actions') }}

),

described as (

    select
        visits.visit_key as handoff_key,
        visits.visit_id as handoff_id,
        visits.visit_key,
        visits.person_key,
        visits.person_id,
        visits.record_id,
        visits.lifecycle_stage,
        assignments.owner_id,
        teams.team as owner_team,
        decisions.decided_by_id,
        decisions.decided_by_team,
        coalesce(decisions.decision, 'pending') as decision,
        decisions.accepted_via,
        case when decisions.decision = 'accepted' then decisions.decided_by_kind end
            as accepted_by_kind,
        decisions.decided_by_kind,
        reasons.reason_code,
        decisions.decided_transition_key,
        decisions.decided_transition_id,
        coalesce(assignments.owner_change_count, 0) as owner_change_count,
        {{ seconds_between('visits.counted_from', 'assignments.assigned_at') }} / 3600
            as hours_to_owner,
        {{ seconds_between('visits.valid_from', 'decisions.decided_at') }} / 3600
            as hours_to_decision,
        case when decisions.decided_at is not null then clocks.working_minutes / 60 end
            as working_hours_to_decision,
        greatest(
            round(clocks.working_minutes - coalesce(assignments.owned_minutes, 0), 4), 0
        ) / 60 as working_hours_unassigned,
        clocks.working_minutes / 60 as working_hours_open,
        {{ seconds_between('visits.valid_from', 'first_actions.first_action_at') }}
        / 3600
            as hours_to_first_action,
        clocks.limit_working_hours as decision_limit_hours,
        coalesce(reasons.is_reason_dated, false) as is_reason_dated,
        coalesce(reasons.is_latest_rejection, false) as is_latest_rejection,
        reasons.reason_code is not null as has_reason,
        visits.is_bulk,
        coalesce(decisions.is_decided_in_bulk, false) as is_decided_in_bulk,
        visits.is_start_inferred,
        visits.entry_transition_key,
        visits.valid_from as offered_at,
        visits.counted_from,
        assignments.assigned_at,
        decisions.decided_at,
        first_actions.first_action_at,
        clocks.due_at as decision_due_at,
        reasons.reason_filled_at
    from visits
    left join decisions on visits.visit_key = decisions.visit_key
    left join reasons on visits.visit_key = reasons.visit_key
    left join clocks on visits.visit_key = clocks.visit_key
    left join assignments on visits.visit_key = assignments.visit_key
    left join first_actions on visits.visit_key = first_actions.visit_key
    left join teams
        on
            assignments.owner_id = teams.user_id
            and visits.counted_from >= teams.valid_from
            and visits.counted_from < teams.valid_to

)

select * from described
