-- One row per CRM record (contact, lead or company) that is landed.

with

contacts as (

    select * from {{ ref('int_hubspot_contacts') }}

),

companies as (

    select * from {{ ref('int_hubspot_companies') }}

),

open_records as (

    select * from {{ ref('stg_open__records') }}

),

records as (

    select * from contacts
    union all
    select * from companies
    union all
    select
        record_id,
        source_system,
        object_type,
        email,
        full_name,
        phone,
        company_record_id,
        company_name,
        job_title,
        country,
        industry,
        created_by_id,
        owner_id,
        lead_source_value,
        campaign_id,
        lifecycle_stage_value,
        lead_status_value,
        rejection_reason_value,
        nurture_decision,
        cast(null as varchar) as crm_url,
        employee_count,
        annual_revenue_cents,
        has_email_opt_in,
        has_budget_confirmed,
        has_authority_confirmed,
        has_need_confirmed,
        has_timing_confirmed,
        created_at
    from open_records

)

select * from records
