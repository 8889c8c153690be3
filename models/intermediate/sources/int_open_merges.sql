-- One row per open-format record or deal that was merged away.

with

records as (

    select * from {{ ref('stg_open__records') }}

),

deals as (

    select * from {{ ref('stg_open__deals') }}

),

told as (

    select
        source_system,
        object_type,
        record_id,
        {{ open_id('object_type', 'ids') }} as merged_into_record_id,
        {{ open_id("'contact'", 'ids') }} as contact_id
    from {{ ref('int_merge_fields') }}
    where
        told_by = 'loser'
        and source_system <> 'hubspot'
        and object_type <> 'deal'

),

merged as (

    select
        told.*,
        records.deleted_at
    from told
    left join records on told.record_id = records.record_id
    where told.merged_into_record_id <> told.record_id

),

-- A lead goes into a lead, or where there is none of that id, into the contact.
merged_away as (

    select
        merged.source_system,
        merged.object_type,
        merged.record_id,
        coalesce(
            same_kind.record_id,
            contacts.record_id,
            merged.merged_into_record_id
        ) as survivor_id,
        case
            when
                merged.object_type = 'lead'
                and same_kind.record_id is null
                and contacts.record_id is not null
                then 'conversion'
            else 'merge'
        end as link_kind,
        merged.deleted_at as merged_at
    from merged
    left join records as same_kind
        on merged.merged_into_record_id = same_kind.record_id
    left join records as contacts on merged.contact_id = contacts.record_id
    union all
    select
        source_system,
        'deal' as object_type,
        deal_id as record_id,
        merged_into_deal_id as survivor_id,
        'merge' as link_kind,
        cast(null as timestamp) as merged_at
    from deals
    where merged_into_deal_id <> deal_id

)

select * from merged_away
