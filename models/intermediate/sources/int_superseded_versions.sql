-- One row per superseded version of a record or deal.

with

hubspot_contact_versions as (

    select * from {{ ref('stg_hubspot__contact_versions') }}

),

hubspot_company_versions as (

    select * from {{ ref('stg_hubspot__company_versions') }}

),

hubspot_deal_versions as (

    select * from {{ ref('stg_hubspot__deal_versions') }}

),

salesforce_lead_versions as (

    select * from {{ ref('stg_salesforce__lead_versions') }}

),

salesforce_contact_versions as (

    select * from {{ ref('stg_salesforce__contact_versions') }}

),

salesforce_account_versions as (

    select * from {{ ref('stg_salesforce__account_versions') }}

),

salesforce_opportunity_versions as (

    select * from {{ ref('stg_salesforce__opportunity_versions') }}

),

open_record_versions as (

    select * from {{ ref('stg_open__record_versions') }}

),

open_deal_versions as (

    select * from {{ ref('stg_open__deal_versions') }}

),

unioned as (

    select
        'hubspot' as source_system,
        'contact' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from hubspot_contact_versions
    union all
    select
        'hubspot' as source_system,
        'company' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from hubspot_company_versions
    union all
    select
        'hubspot' as source_system,
        'deal' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from hubspot_deal_versions
    union all
    select
        'salesforce' as source_system,
        'lead' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_lead_versions
    union all
    select
        'salesforce' as source_system,
        'contact' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_contact_versions
    union all
    select
        'salesforce' as source_system,
        'company' as object_type,
        record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_account_versions
    union all
    select
        'salesforce' as source_system,
        'deal' as object_type,
        deal_id as record_id,
        load_id,
        seen_at,
        modified_at
    from salesforce_opportunity_versions
    union all
    select
        source_system,
        object_type,
        record_id,
        load_id,
        seen_at,
        cast(null as timestamp) as modified_at
    from open_record_versions
    union all
    select
        source_system,
        'deal' as object_type,
        record_id,
        load_id,
        seen_at,
        cast(null as timestamp) as modified_at
    from open_deal_versions

)

select * from unioned
