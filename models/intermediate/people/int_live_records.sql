-- One row per record that is there at as_of and that the policy does not leave out.

with

records as (

    select * from {{ ref('int_records_unioned') }}
    where not is_deleted

),

exclusions as (

    select * from {{ ref('int_excluded_records') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

excluded as (

    -- distinct: a record may be left out for several reasons
    select distinct exclusions.record_id
    from exclusions
    cross join build
    where
        build.as_of >= exclusions.valid_from
        and build.as_of < exclusions.valid_to

),

live as (

    select
        records.record_id,
        records.source_system,
        records.object_type,
        records.owner_id,
        records.created_at
    from records
    left join excluded on records.record_id = excluded.record_id
    where excluded.record_id is null

)

select * from live
