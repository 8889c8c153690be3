-- One row per concept, source system, source value and stretch of time.

with

value_mappings as (

    select * from {{ ref('value_mappings') }}

),

sources as (

    select * from {{ ref('int_sources') }}

),

spread as (

    select
        value_mappings.concept,
        sources.source_system,
        lower(trim(value_mappings.source_value)) as source_value_key,
        value_mappings.value,
        value_mappings.decision,
        value_mappings.source_system != 'any' as is_own,
        coalesce(
            {{ local_midnight('value_mappings.valid_from') }},
            timestamp '1900-01-01 00:00:00'
        ) as starts_at,
        coalesce(
            {{ local_midnight('value_mappings.valid_to') }},
            timestamp '9999-12-31 00:00:00'
        ) as ends_at
    from value_mappings
    inner join sources
        on value_mappings.source_system in ('any', sources.source_system)

),

edges as (

    -- Rows of one value share edges: the union keeps one of each.
    select
        concept,
        source_system,
        source_value_key,
        starts_at as edge_at
    from spread
    union
    select
        concept,
        source_system,
        source_value_key,
        ends_at as edge_at
    from spread

),

stretches as (

    select
        *,
        lead(edge_at) over (
            partition by concept, source_system, source_value_key
            order by edge_at
        ) as next_edge_at
    from edges

),

candidates as (

    select
        spread.*,
        stretches.edge_at as valid_from,
        stretches.next_edge_at as valid_to,
        row_number() over (
            partition by
                spread.concept,
                spread.source_system,
                spread.source_value_key,
                stretches.edge_at
            order by spread.is_own desc
        ) as choice_rank
    from spread
    inner join stretches
        on
            spread.concept = stretches.concept
            and spread.source_system = stretches.source_system
            and spread.source_value_key = stretches.source_value_key
            and spread.starts_at <= stretches.edge_at
            and spread.ends_at >= stretches.next_edge_at

),

mappings as (

    select
        concept,
        source_system,
        source_value_key,
        value,
        decision,
        valid_from,
        valid_to
    from candidates
    where choice_rank = 1

)

select * from mappings
