-- One row per moment at which landed rows say that a record or deal was deleted or
-- came back.

with

hubspot_deletions as (

    select * from {{ ref('int_hubspot_deletions') }}

),

salesforce_deletions as (

    select * from {{ ref('int_salesforce_deletions') }}

),

open_records as (

    select * from {{ ref('stg_open__records') }}

),

open_deals as (

    select * from {{ ref('stg_open__deals') }}

),

deletions as (

    select
        source_system,
        object_type,
        record_id,
        load_id,
        is_deleted,
        cast(null as timestamp) as deleted_at,
        seen_at
    from hubspot_deletions
    union all
    select
        'salesforce' as source_system,
        object_type,
        record_id,
        load_id,
        is_deleted,
        deleted_at,
        seen_at
    from salesforce_deletions
    union all
    select
        source_system,
        object_type,
        record_id,
        load_id,
        true as is_deleted,
        deleted_at,
        cast(null as timestamp) as seen_at
    from open_records
    where is_deleted
    union all
    select
        source_system,
        'deal' as object_type,
        deal_id as record_id,
        load_id,
        true as is_deleted,
        cast(null as timestamp) as deleted_at,
        cast(null as timestamp) as seen_at
    from open_deals
    where is_deleted

)

select * from deletions
