-- One row per record or deal, with when its current version was seen first.

with

hubspot_contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

hubspot_companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

hubspot_deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

salesforce_leads as (

    select * from {{ ref('stg_salesforce__leads') }}

),

salesforce_contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

salesforce_accounts as (

    select * from {{ ref('stg_salesforce__accounts') }}

),

salesforce_opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}

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
        seen_at,
        updated_at as modified_at
    from hubspot_contacts
    union all
    select
        'hubspot' as source_system,
        'company' as object_type,
        record_id,
        load_id,
        seen_at,
        updated_at as modified_at
    from hubspot_companies
    union all
    select
        'hubspot' as source_system,
        'deal' as object_type,
        deal_id as record_id,
        load_id,
        seen_at,
        updated_at as modified_at
    from hubspot_deals
    union all
    select
        'salesforce' as source_system,
        'lead' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_leads
    union all
    select
        'salesforce' as source_system,
        'contact' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_contacts
    union all
    select
        'salesforce' as source_system,
        'company' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_accounts
    union all
    select
        'salesforce' as source_system,
        'deal' as object_type,
        deal_id as record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_opportunities
    union all
    select
        source_system,
        object_type,
        record_id,
        load_id,
        seen_at,
        cast(null as timestamp) as modified_at
    from open_records
    union all
    select
        source_system,
        'deal' as object_type,
        deal_id as record_id,
        load_id,
        seen_at,
        cast(null as timestamp) as modified_at
    from open_deals

)

select * from unioned
