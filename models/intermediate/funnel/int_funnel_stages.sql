-- One row per funnel stage of the model in force at as_of.

with

policy_stages as (

    select * from {{ ref('int_policy_stages') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

stages as (

    select
        policy_stages.lifecycle_stage,
        policy_stages.stage_role,
        policy_stages.stage_rank
    from policy_stages
    cross join as_of
    where
        not policy_stages.is_off_funnel
        and policy_stages.stage_rank is not null
        and as_of.as_of >= policy_stages.valid_from
        and as_of.as_of < policy_stages.valid_to

)

select * from stages
