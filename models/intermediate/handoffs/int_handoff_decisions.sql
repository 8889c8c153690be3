-- One row per handoff, with what decided it and when. The earliest in time decides:
-- the end of the visit or a deciding status. At one moment acceptance goes first, then
-- rejection, withdrawal and the rest.

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql' and not is_restored

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

status_decisions as (

    select * from {{ ref('int_status_decisions') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

-- an unmapped stay ends the visit without a move; the next move then decides
ends as (

    select
        visits.visit_key,
        visits.person_key,
        visits.stage_rank,
        min(transitions.transitioned_at) as moved_at
    from visits
    inner join transitions
        on
            visits.person_key = transitions.person_key
            and visits.valid_to <= transitions.transitioned_at
    group by visits.visit_key, visits.person_key, visits.stage_rank

),

moves as (

    select
        ends.visit_key,
        transitions.transition_key,
        transitions.transition_id,
        transitions.actor_id,
        transitions.actor_team,
        transitions.actor_kind,
        transitions.reason_code,
        transitions.is_bulk,
        transitions.is_reason_dated,
        transitions.is_latest_rejection,
        case
            when transitions.movement in ('deleted', 'cleared') then 'void'
            when stages.is_off_funnel and stages.stage_role = 'recycled'
                then 'rejected_recycled'
            when stages.is_off_funnel then 'rejected_disqualified'
            when stages.is_acceptance or acceptance.stage_rank < stages.stage_rank
                then 'accepted'
            when stages.stage_rank < ends.stage_rank then 'withdrawn'
            else 'bypassed'
        end as move_decision,
        coalesce(stages.is_acceptance, false) as is_acceptance,
        transitions.actor_kind = 'human'
        and coalesce(transitions.actor_team in ('sales', 'sales_development'), false)
            as is_by_sales_human,
        transitions.transitioned_at
    from ends
    inner join transitions
        on
            ends.person_key = transitions.person_key
            and ends.moved_at = transitions.transitioned_at
    left join stages
        on
            transitions.to_stage = stages.lifecycle_stage
            and transitions.transitioned_at >= stages.valid_from
            and transitions.transitioned_at < stages.valid_to
    left join stages as acceptance
        on
            acceptance.is_acceptance
            and transitions.transitioned_at >= acceptance.valid_from
            and transitions.transitioned_at < acceptance.valid_to

),

candidates as (

    select
        visit_key,
        case
            when
                move_decision = 'accepted'
                and not is_acceptance
                and not is_by_sales_human
                then 'bypassed'
            else move_decision
        end as decision,
        case
            when move_decision = 'accepted' and is_acceptance then 'stage'
            when move_decision = 'accepted' and is_by_sales_human then 'implicit'
        end as accepted_via,
        actor_id,
        actor_team,
        actor_kind,
        reason_code,
        transition_key,
        transition_id,
        is_bulk,
        is_reason_dated,
        is_latest_rejection,
        transitioned_at as decided_at
    from moves

    union all

    select
        visits.visit_key,
        case status_decisions.decision
            when 'accept' then 'accepted'
            when 'recycle' then 'rejected_recycled'
            else 'rejected_disqualified'
        end,
        case when status_decisions.decision = 'accept' then 'status' end,
        status_decisions.actor_id,
        status_decisions.actor_team,
        status_decisions.actor_kind,
        null,
        null,
        null,
        coalesce(status_decisions.actor_kind = 'bulk', false),
        null,
        null,
        status_decisions.decided_at
    from visits
    inner join status_decisions
        on
            visits.person_key = status_decisions.person_key
            and visits.valid_from <= status_decisions.decided_at
    left join ends on visits.visit_key = ends.visit_key
    where ends.moved_at is null or status_decisions.decided_at <= ends.moved_at

),

placed as (

    select
        *,
        row_number() over (
            partition by visit_key
            order by
                decided_at,
                case
                    when accepted_via in ('stage', 'status') then 1
                    when accepted_via = 'implicit' then 2
                    when decision = 'bypassed' then 3
                    when decision like 'rejected%' then 4
                    when decision = 'withdrawn' then 5
                    else 6
                end,
                -- of a stage and a status at once the stage is told
                transition_key nulls last,
                decision,
                actor_id nulls last
        ) as decision_number
    from candidates

),

decided as (

    select
        visit_key,
        decision,
        accepted_via,
        actor_id as decided_by_id,
        actor_team as decided_by_team,
        actor_kind as decided_by_kind,
        reason_code,
        transition_key as decided_transition_key,
        transition_id as decided_transition_id,
        is_bulk as is_decided_in_bulk,
        is_reason_dated,
        is_latest_rejection,
        decided_at
    from placed
    where decision_number = 1

)

select * from decided
