-- One row per landed change of a HubSpot property.
{{ config(materialized='view') }} -- read once

with

contact_changes as (

    select * from {{ ref('stg_hubspot__contact_changes') }}

),

company_changes as (

    select * from {{ ref('stg_hubspot__company_changes') }}

),

deal_changes as (

    select * from {{ ref('stg_hubspot__deal_changes') }}

),

stage_entries as (

    select * from {{ ref('int_hubspot_stage_entries') }}

),

changes as (

    select
        'contact' as object_type,
        *
    from contact_changes
    union all
    select
        'company' as object_type,
        *
    from company_changes
    union all
    select
        'deal' as object_type,
        *
    from deal_changes
    where source_field <> 'dealstage'
    union all
    select
        'deal' as object_type,
        deal_id,
        'dealstage' as source_field,
        new_value,
        change_source,
        change_source_id,
        changed_by_user_id,
        changed_at
    from stage_entries

)

select * from changes
