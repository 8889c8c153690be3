-- One row per HubSpot record or deal and one that was merged into it.

with

fields as (

    select * from {{ ref('int_merge_fields') }}
    where source_system = 'hubspot'

),

contact_changes as (

    select * from {{ ref('stg_hubspot__contact_changes') }}

),

company_changes as (

    select * from {{ ref('stg_hubspot__company_changes') }}

),

deal_changes as (

    select * from {{ ref('stg_hubspot__deal_changes') }}

),

contact_merges as (

    select * from {{ ref('stg_hubspot__contact_merges') }}

),

deal_merges as (

    select * from {{ ref('stg_hubspot__deal_merges') }}

),

changes as (

    select
        record_id,
        'contact' as object_type,
        {{ field_key('source_field') }} as source_field,
        new_value,
        changed_at
    from contact_changes
    union all
    select
        record_id,
        'company' as object_type,
        {{ field_key('source_field') }} as source_field,
        new_value,
        changed_at
    from company_changes
    union all
    select
        deal_id as record_id,
        'deal' as object_type,
        {{ field_key('source_field') }} as source_field,
        new_value,
        changed_at
    from deal_changes

),

lists as (

    select
        object_type,
        record_id,
        ids,
        cast(null as timestamp) as merged_at
    from fields
    where told_by = 'survivor'
    union all
    select
        object_type,
        record_id,
        replace(translate(new_value, '[]"'' ', ''), ',', ';') as ids,
        changed_at as merged_at
    from changes
    where source_field in ('hs_merged_object_ids', 'hs_calculated_merged_vids')

),

listed as (

    select
        object_type,
        record_id,
        {{ split_to_rows('ids', "';'") }} as part,
        merged_at
    from lists

),

-- An entry is an id, or an id and the moment of the merge in milliseconds.
dated as (

    select
        object_type,
        record_id,
        nullif(split_part(split_part(part, ':', 1), '.', 1), '') as merged_id,
        coalesce(
            {{ moment_of_millis("nullif(split_part(part, ':', 2), '')") }},
            merged_at
        ) as merged_at
    from listed

),

named as (

    select
        object_type,
        record_id as survivor_id,
        'hubspot:' || object_type || ':' || merged_id as merged_record_id,
        merged_at
    from dated
    union all
    select
        object_type,
        'hubspot:' || object_type || ':'
        || nullif(split_part(ids, '.', 1), '') as survivor_id,
        record_id,
        cast(null as timestamp)
    from fields
    where told_by = 'loser'
    union all
    select
        'contact' as object_type,
        record_id,
        merged_record_id,
        merged_at
    from contact_merges
    union all
    select
        'deal' as object_type,
        deal_id,
        merged_deal_id,
        cast(null as timestamp)
    from deal_merges

),

merged_away as (

    select
        object_type,
        survivor_id,
        merged_record_id,
        min(merged_at) as merged_at
    from named
    where merged_record_id <> survivor_id
    group by object_type, survivor_id, merged_record_id

)

select * from merged_away
