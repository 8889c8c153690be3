-- One row per finding seen in a version published for a moment up to as_of.

with

violation_sightings as (

    select * from {{ ref('stg_meta__violation_sightings') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

-- What was published for later moments has not been seen yet.
known as (

    select
        violation_sightings.*,
        violation_sightings.last_as_of <= build.as_of as has_ended
    from violation_sightings
    inner join build on violation_sightings.first_as_of <= build.as_of

),

last_version as (

    select max(case when has_ended then last_as_of else first_as_of end) as published_at
    from known

),

sightings as (

    select
        known.violation_id,
        min(known.first_as_of) as first_seen_at,
        bool_or(
            last_version.published_at >= known.first_as_of
            and last_version.published_at <= known.last_as_of
        ) as is_in_last_version
    from known
    cross join last_version
    group by known.violation_id

)

select * from sightings
