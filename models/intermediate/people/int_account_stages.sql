-- One row per account with a stage: the furthest of its people and its deals.

with

people as (

    select * from {{ ref('int_people') }}
    where account_id is not null and stage_role is not null and not is_deleted

),

deals as (

    select * from {{ ref('int_deals') }}
    where
        account_id is not null
        and supports_role is not null
        and pipeline_kind != 'ignored'
        and not is_deleted
        and not is_merged_away

),

policy_stages as (

    select * from {{ ref('int_policy_stages') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

stages as (

    select policy_stages.*
    from policy_stages
    cross join as_of
    where
        as_of.as_of >= policy_stages.valid_from
        and as_of.as_of < policy_stages.valid_to

),

held as (

    select
        account_id,
        stage_role,
        stage_entered_at
    from people
    union all
    select
        account_id,
        supports_role as stage_role,
        coalesce(closed_at, created_at) as stage_entered_at
    from deals

),

-- Off-funnel stages have no rank: they count only where nobody is on the funnel, and
-- then the latest of them speaks for the account.
furthest as (

    select
        held.account_id,
        stages.lifecycle_stage,
        stages.stage_role,
        stages.is_off_funnel,
        min(held.stage_entered_at) as stage_entered_at,
        row_number() over (
            partition by held.account_id
            order by
                case when stages.is_off_funnel then 1 else 0 end asc,
                stages.stage_rank desc nulls last,
                max(held.stage_entered_at) desc nulls last,
                stages.lifecycle_stage asc
        ) as distance
    from held
    inner join stages
        on held.stage_role = stages.stage_role
    group by
        held.account_id, stages.lifecycle_stage, stages.stage_role,
        stages.is_off_funnel, stages.stage_rank

),

account_stages as (

    select
        account_id,
        lifecycle_stage,
        stage_role,
        stage_entered_at
    from furthest
    where distance = 1

)

select * from account_stages
