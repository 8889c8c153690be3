-- One row per build (exactly one row).

with

sources as (

    select * from {{ ref('int_sources') }}

),

-- Before the first load nothing has happened yet: the epoch, so that all is empty.
as_of as (

    select
        '{{ env_var("LIFECYCLE_TIMEZONE", "UTC") }}' as time_zone,
        coalesce(
            {{ moment_of("nullif('" ~ env_var("LIFECYCLE_AS_OF", "") ~ "', '')") }},
            min(extracted_at),
            cast('1970-01-01 00:00:00' as timestamp)
        ) as as_of
    from sources

)

select * from as_of
