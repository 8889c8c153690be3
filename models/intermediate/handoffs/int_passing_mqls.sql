-- One row per move out of an mql stage that lasted no time: it opened no handoff, and its
-- own move is judged in place of one.

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql'

),

previous as (

    select
        *,
        lag(is_instant) over (
            partition by person_key order by transition_key
        ) as is_from_instant
    from transitions

),

acceptance as (

    select * from {{ ref('int_policy_stages') }}
    where is_acceptance

),

passing as (

    -- the key is negative, because handoffs have the keys of their visits
    select
        -previous.transition_key as subject_key,
        previous.transition_key,
        previous.transition_id,
        previous.person_key,
        previous.record_id,
        previous.from_stage,
        previous.to_stage,
        previous.movement,
        previous.actor_kind,
        previous.actor_team,
        previous.is_bulk,
        coalesce(previous.to_stage = acceptance.lifecycle_stage, false) as is_accepted,
        coalesce(previous.to_rank > acceptance.stage_rank, false) as is_past_acceptance,
        previous.is_forward,
        previous.transitioned_at
    from previous
    left join visits
        on
            previous.person_key = visits.person_key
            and previous.transition_key = visits.exit_transition_key
    left join acceptance
        on
            previous.transitioned_at >= acceptance.valid_from
            and previous.transitioned_at < acceptance.valid_to
    where
        previous.from_role = 'mql'
        and previous.is_from_instant
        and visits.visit_key is null

)

select * from passing
