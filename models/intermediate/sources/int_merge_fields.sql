-- One row per record or deal, what a field of it tells of others (merges, conversions,
-- further addresses) and value that a version of its row had. What a merge or a
-- conversion was once told of stays, whatever a later row says.

with

fields as (

    select * from {{ ref('int_fields_landed') }}

),

field_versions as (

    select * from {{ ref('int_field_versions') }}

),

together as (

    select
        source_system,
        object_type,
        record_id,
        source_field,
        value,
        true as is_current,
        cast(null as timestamp) as modified_at
    from fields
    union all
    select
        source_system,
        object_type,
        record_id,
        source_field,
        value,
        false,
        coalesce(modified_at, seen_at)
    from field_versions

),

named as (

    select
        *,
        case
            when
                source_system = 'hubspot'
                and source_field in (
                    'hs_merged_object_ids', 'hs_calculated_merged_vids', 'merged_vids'
                )
                then 'survivor'
            when source_system = 'hubspot' and source_field = 'canonical_vid'
                then 'loser'
            when
                source_system = 'salesforce'
                and source_field = 'converted_contact_id'
                and object_type = 'lead'
                then 'conversion'
            when
                source_system not in ('hubspot', 'salesforce')
                and source_field = 'merged_into_id'
                then 'loser'
            when
                source_system = 'hubspot'
                and object_type = 'contact'
                and source_field = 'hs_additional_emails'
                then 'address'
        end as told_by
    from together

),

told as (

    select
        source_system,
        object_type,
        record_id,
        told_by,
        case
            when told_by in ('loser', 'conversion') then trim(value)
            -- a list may land as JSON, and parted by commas
            else replace(translate(value, '[]"'' ', ''), ',', ';')
        end as ids,
        bool_or(is_current) as is_current,
        min(modified_at) as modified_at
    from named
    where told_by is not null
    group by source_system, object_type, record_id, told_by, ids

)

select * from told
