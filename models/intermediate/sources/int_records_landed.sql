-- One row per CRM record (contact, lead or company) that is landed.

with

contacts as (

    select * from {{ ref('int_hubspot_contacts') }}

),

companies as (

    select * from {{ ref('int_hubspot_companies') }}

),

salesforce_leads as (

    select * from {{ ref('int_salesforce_leads') }}

),

salesforce_contacts as (

    select * from {{ ref('int_salesforce_contacts') }}

),

salesforce_companies as (

    select * from {{ ref('int_salesforce_companies') }}

),

open_records as (

    select * from {{ ref('stg_open__records') }}

),

unioned as (

    select
        record_id,
        source_system,
        object_type,
        full_name,
        created_by_id,
        crm_url,
        created_at
    from contacts
    union all
    select
        record_id,
        source_system,
        object_type,
        full_name,
        created_by_id,
        crm_url,
        created_at
    from companies
    union all
    select * from salesforce_leads
    union all
    select * from salesforce_contacts
    union all
    select * from salesforce_companies
    union all
    select
        record_id,
        source_system,
        object_type,
        full_name,
        created_by_id,
        cast(null as varchar) as crm_url,
        created_at
    from open_records

)

select * from unioned
