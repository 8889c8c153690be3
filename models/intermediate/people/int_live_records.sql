-- One row per record that is there at as_of and that the policy does not leave out.

with

records as (

    select * from {{ ref('int_records_unioned') }}
    where not is_deleted

),

left_out as (

    -- distinct: a record may be left out for several reasons
    select distinct record_id from {{ ref('int_excluded_records') }}
    where is_left_out

),

live as (

    select
        records.record_id,
        records.source_system,
        records.object_type,
        records.owner_id,
        records.created_at
    from records
    left join left_out on records.record_id = left_out.record_id
    where left_out.record_id is null

)

select * from live
