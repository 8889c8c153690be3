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

newest as (

    select max(extracted_at) as newest_at from newest_loads

),

sources as (

    select
        newest_loads.source_system,
        newest_loads.source_kind,
        coalesce(
            {{ seconds_between('newest_loads.extracted_at', 'newest.newest_at') }}
            > settings.max_lag_hours * 3600,
            false
        ) as is_stale,
        newest_loads.extracted_at
    from newest_loads
    cross join newest
    left join settings on true

)

select * from sources
