-- One row per mapped change, with the stage's standing and whether it came in bulk.

with

changes as (

    select * from {{ ref('int_changes_mapped') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

swarms as (

    select * from {{ ref('int_swarm_changes') }}

),

ranked as (

    select
        changes.*,
        stages.stage_role,
        stages.stage_rank,
        coalesce(stages.is_off_funnel, false) as is_off_funnel,
        coalesce(stages.is_sold, false) as is_sold,
        case
            when changes.mapped_value is null then -2
            when changes.mapped_value = 'unmapped' then -1
            when stages.is_off_funnel then 1000
            else coalesce(stages.stage_rank, 0)
        end as tie_rank,
        changes.actor_kind = 'bulk' or swarms.change_key is not null as is_bulk,
        case when swarms.change_key is not null then 'bulk' else changes.actor_kind end
            as entered_by_kind
    from changes
    left join stages
        on
            changes.concept = 'lifecycle_stage'
            and changes.mapped_value = stages.lifecycle_stage
            and changes.changed_at >= stages.valid_from
            and changes.changed_at < stages.valid_to
    left join swarms on changes.change_key = swarms.change_key

)

select * from ranked
