-- One row per violation ever published.

with

landed as (

    select * from {{ source('meta', 'violation_sightings') }}

),

violation_sightings as (

    select
        violation_id,
        first_as_of,
        last_as_of
    from landed

)

select * from violation_sightings
