-- One row per person in an active stage who has not moved for too long.

with

last_moves as (

    select * from {{ ref('int_person_last_moves') }}

),

policy_stages as (

    select * from {{ ref('int_policy_stages') }}

),

rule_thresholds as (

    select * from {{ ref('int_rule_thresholds') }}
    where rule_code = 'TM02' and threshold_name = 'inactive_days'

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

inactive as (

    -- distinct: a stage may have a limit of its own beside the general one.
    select distinct last_moves.person_id
    from last_moves
    cross join as_of
    inner join policy_stages
        on
            last_moves.lifecycle_stage = policy_stages.lifecycle_stage
            and not policy_stages.is_off_funnel
            and not policy_stages.is_terminal
            and as_of.as_of >= policy_stages.valid_from
            and as_of.as_of < policy_stages.valid_to
    inner join rule_thresholds
        on
            last_moves.lifecycle_stage
            = coalesce(rule_thresholds.lifecycle_stage, last_moves.lifecycle_stage)
            and as_of.as_of >= rule_thresholds.valid_from
            and as_of.as_of < rule_thresholds.valid_to
    where
        {{ seconds_between('last_moves.last_moved_at', 'as_of.as_of') }}
        > rule_thresholds.threshold_value * 86400

)

select * from inactive
