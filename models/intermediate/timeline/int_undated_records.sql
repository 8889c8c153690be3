-- One row per record or deal whose creation nobody dated, with when it was seen first.

with

records as (

    select * from {{ ref('int_timeline_records') }}
    where created_at is null

),

versions as (

    select * from {{ ref('int_record_versions') }}

),

first_seen as (

    select
        records.record_key,
        min(versions.seen_at) as first_seen_at
    from records
    inner join versions on records.record_id = versions.record_id
    group by records.record_key

)

select * from first_seen
