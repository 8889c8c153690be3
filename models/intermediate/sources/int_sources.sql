-- One row per source system that has loaded anything.

with

loads as (

    select * from {{ ref('stg_meta__loads') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

newest_loads as (

    select
        source_system,
        max_by(source_kind, load_id) as source_kind,
        max(extracted_at) as extracted_at
    from loads
    where extracted_at is not null
    group by source_system

),

-- A past as_of lies before the loads: then only what ends before it can lack anything.
known as (

    select
        *,
        least(
            extracted_at,
            {{ moment_of("nullif('" ~ env_var("LIFECYCLE_AS_OF", "") ~ "', '')") }}
        ) as known_to
    from newest_loads

),

newest as (

    select max(known_to) as newest_at from known

),

sources as (

    select
        known.source_system,
        known.source_kind,
        coalesce(
            {{ seconds_between('known.known_to', 'newest.newest_at') }}
            > settings.max_lag_hours * 3600,
            false
        ) as is_stale,
        known.extracted_at
    from known
    cross join newest
    left join settings on true

)

select * from sources
