-- One row per record or deal and field of it that is not empty today.
{{ config(materialized='view') }} -- read once

with

hubspot_contact_fields as (

    select * from {{ ref('stg_hubspot__contact_fields') }}

),

hubspot_company_fields as (

    select * from {{ ref('stg_hubspot__company_fields') }}

),

hubspot_deal_fields as (

    select * from {{ ref('stg_hubspot__deal_fields') }}

),

salesforce_lead_fields as (

    select * from {{ ref('stg_salesforce__lead_fields') }}

),

salesforce_contact_fields as (

    select * from {{ ref('stg_salesforce__contact_fields') }}

),

salesforce_account_fields as (

    select * from {{ ref('stg_salesforce__account_fields') }}

),

salesforce_opportunity_fields as (

    select * from {{ ref('stg_salesforce__opportunity_fields') }}

),

open_record_fields as (

    select * from {{ ref('stg_open__record_fields') }}

),

open_deal_fields as (

    select * from {{ ref('stg_open__deal_fields') }}

),

fields as (

    select
        'hubspot' as source_system,
        'contact' as object_type,
        record_id,
        source_field,
        value
    from hubspot_contact_fields
    union all
    select
        'hubspot' as source_system,
        'company' as object_type,
        record_id,
        source_field,
        value
    from hubspot_company_fields
    union all
    select
        'hubspot' as source_system,
        'deal' as object_type,
        record_id,
        source_field,
        value
    from hubspot_deal_fields
    union all
    select
        'salesforce' as source_system,
        'lead' as object_type,
        record_id,
        source_field,
        value
    from salesforce_lead_fields
    union all
    select
        'salesforce' as source_system,
        'contact' as object_type,
        record_id,
        source_field,
        value
    from salesforce_contact_fields
    union all
    select
        'salesforce' as source_system,
        'company' as object_type,
        record_id,
        source_field,
        value
    from salesforce_account_fields
    union all
    select
        'salesforce' as source_system,
        'deal' as object_type,
        record_id,
        source_field,
        value
    from salesforce_opportunity_fields
    union all
    select
        source_system,
        object_type,
        record_id,
        source_field,
        value
    from open_record_fields
    union all
    select
        source_system,
        'deal' as object_type,
        record_id,
        source_field,
        value
    from open_deal_fields

)

select * from fields
