-- One row per explicit link between two records of one kind.

with

records as (

    select * from {{ ref('int_records_unioned') }}

),

merged as (

    select
        loser.record_id,
        loser.merged_into_record_id as linked_record_id,
        'merge' as link_kind,
        loser.deleted_at as linked_at
    from records as loser
    inner join records as survivor
        on loser.merged_into_record_id = survivor.record_id
    where
        loser.record_id <> survivor.record_id
        -- people merge with people, companies with companies
        and (loser.object_type <> 'company' or survivor.object_type = 'company')
        and (survivor.object_type <> 'company' or loser.object_type = 'company')

)

select * from merged
