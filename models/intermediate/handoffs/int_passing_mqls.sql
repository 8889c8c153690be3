-- One row per move out of an mql stage that lasted no time: it opened no handoff, and
-- its own move is judged in place of one.

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

acceptance as (

    select * from {{ ref('int_policy_stages') }}
    where is_acceptance

),

passing as (

    -- the key is negative, because handoffs have the keys of their visits
    select
        -transitions.transition_key as subject_key,
        transitions.transition_key,
        transitions.transition_id,
        transitions.person_key,
        transitions.record_id,
        transitions.from_stage,
        transitions.to_stage,
        transitions.movement,
        transitions.actor_kind,
        transitions.actor_team,
        transitions.is_bulk,
        coalesce(transitions.to_stage = acceptance.lifecycle_stage, false)
            as is_accepted,
        coalesce(transitions.to_rank > acceptance.stage_rank, false)
            as is_past_acceptance,
        transitions.is_forward,
        transitions.transitioned_at
    from transitions
    left join acceptance
        on
            transitions.transitioned_at >= acceptance.valid_from
            and transitions.transitioned_at < acceptance.valid_to
    where transitions.from_role = 'mql' and transitions.is_instant

)

select * from passing
