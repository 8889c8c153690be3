-- One row per CRM record (contact, lead or company) that is landed, with what it holds
-- of each concept today.

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

held as (

    select * from {{ ref('int_record_values_held') }}
    where object_type <> 'deal'

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

),

records as (

    select
        unioned.record_id,
        unioned.source_system,
        unioned.object_type,
        held.email,
        unioned.full_name,
        held.phone,
        held.company_record_id,
        held.company_name,
        held.job_title,
        held.country,
        held.industry,
        unioned.created_by_id,
        held.owner_id,
        held.lead_source_value,
        held.campaign_id,
        held.lifecycle_stage_value,
        held.lead_status_value,
        held.rejection_reason_value,
        held.nurture_decision,
        unioned.crm_url,
        held.employee_count,
        held.annual_revenue_cents,
        held.has_email_opt_in,
        unioned.created_at
    from unioned
    left join held on unioned.record_id = held.record_id

)

select * from records
