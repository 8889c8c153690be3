-- One row per HubSpot record or deal that is landed as deleted.
{{ config(materialized='view') }} -- read once

with

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

deletions as (

    select
        'hubspot' as source_system,
        'contact' as object_type,
        record_id,
        load_id,
        synced_at as seen_at
    from contacts
    where is_deleted
    union all
    select
        'hubspot' as source_system,
        'company' as object_type,
        record_id,
        load_id,
        synced_at as seen_at
    from companies
    where is_deleted
    union all
    select
        'hubspot' as source_system,
        'deal' as object_type,
        deal_id as record_id,
        load_id,
        synced_at as seen_at
    from deals
    where is_deleted

)

select * from deletions
