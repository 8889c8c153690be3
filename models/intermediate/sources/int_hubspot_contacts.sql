-- One row per HubSpot contact, in the columns that all records share.
{{ config(materialized='view') }} -- read once

with

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

portals as (

    select * from {{ ref('int_hubspot_portals') }}

),

records as (

    select
        contacts.record_id,
        'hubspot' as source_system,
        'contact' as object_type,
        contacts.email,
        contacts.full_name,
        contacts.phone,
        contacts.company_record_id,
        contacts.company_name,
        contacts.job_title,
        contacts.country,
        contacts.industry,
        coalesce(actors.actor_id, contacts.created_by_user_id) as created_by_id,
        contacts.owner_id,
        contacts.lead_source_value,
        contacts.campaign_id,
        contacts.lifecycle_stage_value,
        contacts.lead_status_value,
        contacts.rejection_reason_value,
        contacts.nurture_decision,
        portals.record_url || '0-1/' || split_part(contacts.record_id, ':', 3)
            as crm_url,
        contacts.employee_count,
        contacts.annual_revenue_cents,
        contacts.has_email_opt_in,
        contacts.has_budget_confirmed,
        contacts.has_authority_confirmed,
        contacts.has_need_confirmed,
        contacts.has_timing_confirmed,
        contacts.created_at
    from contacts
    cross join portals
    left join actors on contacts.created_by_user_id = actors.user_id

)

select * from records
