-- One row per stage and stretch of time in which the whole stage model was the same.

with

lifecycle_stages as (

    select * from {{ ref('lifecycle_stages') }}

),

dated as (

    select
        *,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01 00:00:00')
            as starts_at,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31 00:00:00')
            as ends_at
    from lifecycle_stages
    where is_active

),

edges as (

    -- Two stages share an edge: the union keeps one of each.
    select starts_at as edge_at from dated
    union
    select ends_at as edge_at from dated

),

stretches as (

    select
        edge_at as valid_from,
        lead(edge_at) over (order by edge_at) as valid_to
    from edges

),

stages_in_stretches as (

    select
        dated.*,
        stretches.valid_from as in_force_from,
        stretches.valid_to as in_force_to,
        max(dated.rank) filter (where dated.stage_role = 'mql') over stretch as mql_rank
    from dated
    inner join stretches
        on
            dated.starts_at <= stretches.valid_from
            and dated.ends_at >= stretches.valid_to
    window stretch as (partition by stretches.valid_from)

),

with_acceptance as (

    select
        *,
        min(rank) filter (where rank > mql_rank) over (
            partition by in_force_from
        ) as acceptance_rank
    from stages_in_stretches

),

stages as (

    select
        cast(dense_rank() over (order by lifecycle_stage) as bigint) as stage_key,
        lifecycle_stage,
        stage_role,
        label,
        owner_team,
        split_part(owner_team, '|', 1) as primary_team,
        reporting_purpose,
        rank as stage_rank,
        max_days,
        stage_role in ('recycled', 'disqualified', 'lost', 'churned') as is_off_funnel,
        stage_role in ('customer', 'advocate') as is_sold,
        is_required,
        is_terminal,
        coalesce(rank = acceptance_rank, false) as is_acceptance,
        in_force_from as valid_from,
        in_force_to as valid_to
    from with_acceptance

)

select * from stages
