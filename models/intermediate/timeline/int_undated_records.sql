-- One row per record or deal whose creation nobody dated, with when it was seen first.

with

records as (

    select * from {{ ref('int_timeline_records') }}
    where created_at is null

),

current_versions as (

    select * from {{ ref('int_current_versions') }}

),

superseded as (

    select * from {{ ref('int_superseded_versions') }}

),

sightings as (

    select
        record_id,
        seen_at
    from current_versions
    union all
    select
        record_id,
        seen_at
    from superseded

),

first_seen as (

    select
        records.record_key,
        min(sightings.seen_at) as first_seen_at
    from records
    inner join sightings on records.record_id = sightings.record_id
    group by records.record_key

)

select * from first_seen
