-- One row per landed record or deal whose creation nobody dated, and of which neither a
-- load nor a history shows anything by a past as_of.

with

records as (

    select record_id from {{ ref('int_records_landed') }}
    where created_at is null
    union all
    select deal_id from {{ ref('int_deals_landed') }}
    where created_at is null

),

versions as (

    select * from {{ ref('int_record_versions') }}

),

changes as (

    select * from {{ ref('int_changes_by_concept') }}

),

build as (

    select * from {{ ref('int_as_of') }}
    where is_past

),

shown as (

    select versions.record_id
    from versions
    inner join build on versions.seen_at <= build.as_of
    union all
    select record_id from changes

),

unborn as (

    select records.record_id
    from records
    cross join build
    where not exists (
        select 1 from shown
        where shown.record_id = records.record_id
    )

)

select * from unborn
