-- One row per superseded version of a record or deal and field that is not empty.
{{ config(materialized='view') }} -- read once

with

hubspot_contact_field_versions as (

    select * from {{ ref('stg_hubspot__contact_field_versions') }}

),

hubspot_company_field_versions as (

    select * from {{ ref('stg_hubspot__company_field_versions') }}

),

hubspot_deal_field_versions as (

    select * from {{ ref('stg_hubspot__deal_field_versions') }}

),

salesforce_lead_field_versions as (

    select * from {{ ref('stg_salesforce__lead_field_versions') }}

),

salesforce_contact_field_versions as (

    select * from {{ ref('stg_salesforce__contact_field_versions') }}

),

salesforce_account_field_versions as (

    select * from {{ ref('stg_salesforce__account_field_versions') }}

),

salesforce_opportunity_field_versions as (

    select * from {{ ref('stg_salesforce__opportunity_field_versions') }}

),

open_record_field_versions as (

    select * from {{ ref('stg_open__record_field_versions') }}

),

open_deal_field_versions as (

    select * from {{ ref('stg_open__deal_field_versions') }}

),

unioned as (

    select
        'hubspot' as source_system,
        'contact' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        modified_at
    from hubspot_contact_field_versions
    union all
    select
        'hubspot' as source_system,
        'company' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        modified_at
    from hubspot_company_field_versions
    union all
    select
        'hubspot' as source_system,
        'deal' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        modified_at
    from hubspot_deal_field_versions
    union all
    select
        'salesforce' as source_system,
        'lead' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        modified_at
    from salesforce_lead_field_versions
    union all
    select
        'salesforce' as source_system,
        'contact' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        modified_at
    from salesforce_contact_field_versions
    union all
    select
        'salesforce' as source_system,
        'company' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        modified_at
    from salesforce_account_field_versions
    union all
    select
        'salesforce' as source_system,
        'deal' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        modified_at
    from salesforce_opportunity_field_versions
    union all
    select
        source_system,
        object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        cast(null as timestamp) as modified_at
    from open_record_field_versions
    union all
    select
        source_system,
        'deal' as object_type,
        record_id,
        source_field,
        value,
        load_id,
        seen_at,
        cast(null as timestamp) as modified_at
    from open_deal_field_versions

)

select * from unioned
