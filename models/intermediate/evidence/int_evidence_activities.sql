-- One row per person, cycle and change of a count that activities and acceptances
-- make.

with

activities as (

    select * from {{ ref('int_person_activities') }}

),

cycles as (

    select * from {{ ref('int_person_cycles') }}

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

acceptance as (

    select * from {{ ref('int_policy_stages') }}
    where is_acceptance

),

status_decisions as (

    select * from {{ ref('int_status_decisions') }}
    where decision = 'accept' and is_by_sales_human

),

settings as (

    select * from {{ ref('int_settings') }}

),

windows as (

    select * from {{ ref('int_score_window') }}

),

happened as (

    select
        person_key,
        'points' as kind,
        points as delta,
        occurred_at
    from activities
    where points <> 0
    union all
    select
        person_key,
        'decisive',
        1,
        occurred_at
    from activities
    where is_decisive
    union all
    select
        person_key,
        signal,
        1,
        occurred_at
    from activities
    where signal in ('conversion', 'response', 'sales_touch')
    union all
    select
        transitions.person_key,
        'acceptance',
        1,
        transitions.transitioned_at
    from transitions
    inner join acceptance
        on
            transitions.to_rank >= acceptance.stage_rank
            and transitions.transitioned_at >= acceptance.valid_from
            and transitions.transitioned_at < acceptance.valid_to
    where
        transitions.actor_kind = 'human'
        and transitions.actor_team in ('sales', 'sales_development')
    union all
    select
        person_key,
        'acceptance',
        1,
        decided_at
    from status_decisions

),

in_cycles as (

    select
        happened.person_key,
        cycles.cycle_number,
        happened.kind,
        happened.delta,
        happened.occurred_at
    from happened
    inner join cycles
        on
            happened.person_key = cycles.person_key
            and happened.occurred_at > cycles.starts_at
            and happened.occurred_at <= cycles.ends_at

),

-- what counts in the scoring window leaves it again
expired as (

    select
        in_cycles.person_key,
        in_cycles.cycle_number,
        in_cycles.kind,
        -in_cycles.delta as delta,
        in_cycles.occurred_at
        + windows.score_window_days * interval '1' day
        + settings.evidence_grace_minutes * interval '1' minute as event_at
    from in_cycles
    cross join settings
    cross join windows
    where
        in_cycles.kind in ('points', 'decisive')
        and windows.score_window_days is not null

)

select
    person_key,
    cycle_number,
    kind,
    cast(delta as bigint) as delta,
    occurred_at as event_at
from in_cycles

union all

select
    person_key,
    cycle_number,
    kind,
    cast(delta as bigint) as delta,
    event_at
from expired
