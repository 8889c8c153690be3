-- One row per person, as recorded at as_of.

with

primary_records as (

    select * from {{ ref('int_primary_records') }}

),

origins as (

    select * from {{ ref('int_person_origins') }}

),

attributes as (

    select * from {{ ref('int_person_attributes') }}

),

sources as (

    select * from {{ ref('int_lead_sources') }}

),

visits as (

    select * from {{ ref('int_stage_visits') }}
    where is_open

),

statuses as (

    select * from {{ ref('int_visits') }}
    where concept = 'lead_status' and is_open

),

owners as (

    select * from {{ ref('int_visits') }}
    where concept = 'owner' and is_open

),

users as (

    select * from {{ ref('int_users_unioned') }}

),

accounts as (

    select * from {{ ref('int_person_accounts') }}

),

people as (

    select
        primary_records.person_key,
        visits.visit_key,
        primary_records.person_id,
        accounts.account_id,
        primary_records.record_id as primary_record_id,
        owners.mapped_value as owner_id,
        origins.campaign_id,
        users.team as owner_team,
        origins.lead_source_value,
        sources.lead_source,
        coalesce(sources.lead_source_group, 'unknown') as lead_source_group,
        attributes.segment,
        attributes.country,
        attributes.industry,
        attributes.job_title,
        visits.lifecycle_stage,
        visits.stage_role,
        statuses.mapped_value as lead_status,
        visits.stage_rank,
        coalesce(visits.exit_cycle_number, 1) as cycle_number,
        attributes.employee_count,
        attributes.annual_revenue_cents,
        origins.record_count,
        coalesce(sources.is_valid, false) as is_valid_lead_source,
        origins.has_email,
        origins.has_email_opt_in,
        users.is_active as is_owner_active,
        origins.is_deleted,
        coalesce(visits.is_off_funnel, false) as is_off_funnel,
        coalesce(visits.is_start_inferred, false) as is_start_inferred,
        origins.created_at,
        visits.valid_from as stage_entered_at,
        origins.last_activity_at,
        primary_records.crm_url
    from primary_records
    inner join origins on primary_records.person_key = origins.person_key
    inner join attributes on primary_records.person_key = attributes.person_key
    left join accounts on primary_records.person_key = accounts.person_key
    left join visits on primary_records.person_key = visits.person_key
    left join statuses on primary_records.record_key = statuses.subject_key
    left join owners on primary_records.record_key = owners.subject_key
    left join users on owners.mapped_value = users.user_id
    left join sources
        on lower(trim(origins.lead_source_value)) = sources.source_value_key

)

select * from people
