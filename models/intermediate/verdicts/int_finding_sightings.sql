-- One row per finding seen in an earlier published version.

with

violation_sightings as (

    select * from {{ ref('stg_meta__violation_sightings') }}

),

last_version as (

    select max(last_as_of) as last_as_of
    from violation_sightings

),

sightings as (

    select
        violation_sightings.violation_id,
        min(violation_sightings.first_as_of) as first_seen_at,
        max(violation_sightings.last_as_of) = max(last_version.last_as_of)
            as is_in_last_version
    from violation_sightings
    cross join last_version
    group by violation_sightings.violation_id

)

select * from sightings
