-- One row per HubSpot record or deal and one that was merged into it.

with

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

contact_changes as (

    select * from {{ ref('stg_hubspot__contact_changes') }}

),

contact_merges as (

    select * from {{ ref('stg_hubspot__contact_merges') }}

),

deal_merges as (

    select * from {{ ref('stg_hubspot__deal_merges') }}

),

listed as (

    select
        record_id,
        'contact' as object_type,
        {{ split_to_rows('merged_ids', "';'") }} as merged_id,
        cast(null as timestamp) as merged_at
    from contacts
    union all
    select
        record_id,
        'contact' as object_type,
        {{ split_to_rows('new_value', "';'") }} as merged_id,
        changed_at as merged_at
    from contact_changes
    where source_field = 'hs_merged_object_ids'
    union all
    select
        record_id,
        'company' as object_type,
        {{ split_to_rows('merged_ids', "';'") }} as merged_id,
        cast(null as timestamp) as merged_at
    from companies

),

named as (

    select
        object_type,
        record_id as survivor_id,
        'hubspot:' || object_type || ':'
        || nullif(split_part(trim(merged_id), '.', 1), '') as merged_record_id,
        merged_at
    from listed
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
    where merged_record_id is not null and merged_record_id <> survivor_id
    group by object_type, survivor_id, merged_record_id

)

select * from merged_away
