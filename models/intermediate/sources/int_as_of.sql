-- One row per build (exactly one row).

with

sources as (

    select * from {{ ref('int_sources') }}

),

-- Before the first load nothing has happened yet: the epoch, so that all is empty.
newest as (

    select min(extracted_at) as landed_to from sources

),

as_of as (

    select
        '{{ env_var("LIFECYCLE_TIMEZONE", "UTC") }}' as time_zone,
        coalesce(
            {{ moment_of("nullif('" ~ env_var("LIFECYCLE_AS_OF", "") ~ "', '')") }},
            landed_to,
            cast('1970-01-01 00:00:00' as timestamp)
        ) as as_of,
        coalesce(
            {{ moment_of("nullif('" ~ env_var("LIFECYCLE_AS_OF", "") ~ "', '')") }}
            < landed_to,
            false
        ) as is_past
    from newest

)

select * from as_of
