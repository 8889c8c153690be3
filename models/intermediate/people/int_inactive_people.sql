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

limits as (

    -- a stage's own limit goes before the general one, of two the shorter
    select
        last_moves.person_id,
        last_moves.last_moved_at,
        rule_thresholds.threshold_value,
        as_of.as_of,
        row_number() over (
            partition by last_moves.person_id
            order by
                rule_thresholds.lifecycle_stage is null,
                rule_thresholds.threshold_value
        ) as limit_number
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

),

inactive as (

    select person_id
    from limits
    where
        limit_number = 1
        and {{ seconds_between('last_moved_at', 'as_of') }} > threshold_value * 86400

)

select * from inactive
