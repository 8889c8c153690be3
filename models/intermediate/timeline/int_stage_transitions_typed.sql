-- One row per change of a person's stage, with the kind of movement it is.

with

moves as (

    select * from {{ ref('int_stage_moves') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

sourced as (

    select
        *,
        case
            when stated_value is null then stage_in_force
            else lag(stage_in_force) over (partition by subject_key order by position)
        end as from_stage
    from moves

),

placed as (

    select
        sourced.*,
        from_stages.stage_role as from_role,
        from_stages.stage_rank as from_rank,
        coalesce(from_stages.is_off_funnel, false) as is_from_off_funnel,
        coalesce(from_stages.is_sold, false) as is_from_sold,
        to_stages.stage_role as to_role,
        to_stages.stage_rank as to_rank,
        coalesce(to_stages.is_off_funnel, false) as is_to_off_funnel,
        coalesce(to_stages.is_acceptance, false) as is_to_acceptance
    from sourced
    left join stages as from_stages
        on
            sourced.from_stage = from_stages.lifecycle_stage
            and sourced.changed_at >= from_stages.valid_from
            and sourced.changed_at < from_stages.valid_to
    left join stages as to_stages
        on
            sourced.stated_value = to_stages.lifecycle_stage
            and sourced.changed_at >= to_stages.valid_from
            and sourced.changed_at < to_stages.valid_to

),

skipping as (

    select
        placed.subject_key,
        placed.position,
        count(*) as stages_skipped_count
    from placed
    inner join stages
        on
            stages.is_required
            and stages.stage_rank > coalesce(placed.from_rank, 0)
            and placed.to_rank > stages.stage_rank
            and placed.changed_at >= stages.valid_from
            and placed.changed_at < stages.valid_to
    group by placed.subject_key, placed.position

),

typed as (

    select
        placed.*,
        coalesce(skipping.stages_skipped_count, 0) as stages_skipped_count,
        case
            when placed.event_kind = 'deleted' then 'deleted'
            when placed.event_kind = 'restored' then 'restored'
            when placed.stated_value is null then 'cleared'
            when placed.from_stage is null then 'created'
            when placed.from_stage = placed.stated_value then 'restored'
            when placed.to_role = 'customer' and not placed.is_from_sold then 'won'
            when placed.to_role = 'churned' then 'churned'
            when placed.to_role = 'lost' then 'lost'
            when placed.from_role = 'mql' and placed.is_to_acceptance then 'accepted'
            when placed.from_role in ('mql', 'sal') and placed.is_to_off_funnel
                then 'rejected'
            when placed.to_role = 'disqualified' then 'disqualified'
            when placed.to_role = 'recycled' then 'recycled'
            when placed.is_from_off_funnel then 're_entered'
            when skipping.stages_skipped_count > 0 then 'skipped'
            when placed.to_rank > placed.from_rank then 'advanced'
            else 'regressed'
        end as movement
    from placed
    left join skipping
        on
            placed.subject_key = skipping.subject_key
            and placed.position = skipping.position

)

select * from typed
