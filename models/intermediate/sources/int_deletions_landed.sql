-- One row per record or deal that its source lands as deleted.
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

open_records as (

    select * from {{ ref('stg_open__records') }}

),

open_deals as (

    select * from {{ ref('stg_open__deals') }}

),

unioned as (

    select
        'hubspot' as source_system,
        'contact' as object_type,
        record_id,
        load_id,
        is_deleted,
        cast(null as timestamp) as deleted_at,
        synced_at as seen_at
    from contacts
    union all
    select 'hubspot', 'company', record_id, load_id, is_deleted, null, synced_at
    from companies
    union all
    select 'hubspot', 'deal', deal_id, load_id, is_deleted, null, synced_at
    from deals
    union all
    select source_system, object_type, record_id, load_id, is_deleted, deleted_at, null
    from open_records
    union all
    select source_system, 'deal', deal_id, load_id, is_deleted, null, null
    from open_deals

),

deletions as (

    select
        source_system,
        object_type,
        record_id,
        load_id,
        deleted_at,
        seen_at
    from unioned
    where is_deleted

)

select * from deletions
