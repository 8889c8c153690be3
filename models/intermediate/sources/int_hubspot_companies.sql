-- One row per HubSpot company, in the columns that all records share.
{{ config(materialized='view') }} -- read once

with

companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

portals as (

    select * from {{ ref('int_hubspot_portals') }}

),

records as (

    select
        companies.record_id,
        'hubspot' as source_system,
        'company' as object_type,
        cast(null as varchar) as email,
        cast(null as varchar) as full_name,
        companies.phone,
        cast(null as varchar) as company_record_id,
        companies.company_name,
        cast(null as varchar) as job_title,
        companies.country,
        companies.industry,
        coalesce(actors.actor_id, companies.created_by_user_id) as created_by_id,
        companies.owner_id,
        cast(null as varchar) as lead_source_value,
        cast(null as varchar) as campaign_id,
        companies.lifecycle_stage_value,
        companies.lead_status_value,
        cast(null as varchar) as rejection_reason_value,
        cast(null as varchar) as nurture_decision,
        portals.record_url || '0-2/' || split_part(companies.record_id, ':', 3)
            as crm_url,
        companies.employee_count,
        companies.annual_revenue_cents,
        cast(null as boolean) as has_email_opt_in,
        cast(null as boolean) as has_budget_confirmed,
        cast(null as boolean) as has_authority_confirmed,
        cast(null as boolean) as has_need_confirmed,
        cast(null as boolean) as has_timing_confirmed,
        companies.created_at
    from companies
    cross join portals
    left join actors on companies.created_by_user_id = actors.user_id

)

select * from records
