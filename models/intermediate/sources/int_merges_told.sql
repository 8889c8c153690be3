-- One row per record or deal that was merged away and one that it went into, as any
-- source told it at any time (one step).

with

hubspot_merges as (

    select * from {{ ref('int_hubspot_merges') }}

),

salesforce_merges as (

    select * from {{ ref('int_salesforce_merges') }}

),

deal_mirrors as (

    select * from {{ ref('int_deal_mirrors') }}

),

open_merges as (

    select * from {{ ref('int_open_merges') }}

),

unioned as (

    select
        'hubspot' as source_system,
        object_type,
        merged_record_id as record_id,
        survivor_id,
        'merge' as link_kind,
        merged_at
    from hubspot_merges
    union all
    select
        'salesforce' as source_system,
        object_type,
        record_id,
        survivor_id,
        link_kind,
        merged_at
    from salesforce_merges
    union all
    select
        source_system,
        object_type,
        record_id,
        survivor_id,
        link_kind,
        merged_at
    from open_merges
    union all
    select
        source_system,
        'deal' as object_type,
        deal_id as record_id,
        survivor_id,
        'crm_id' as link_kind,
        cast(null as timestamp) as merged_at
    from deal_mirrors

)

select * from unioned
