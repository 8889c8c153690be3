-- One row per CRM record (contact, lead or company), deleted ones kept.

with

landed as (

    select * from {{ ref('int_records_landed') }}

),

mentioned as (

    select * from {{ ref('int_records_mentioned') }}

),

merged_away as (

    select * from {{ ref('int_record_merges') }}

),

deletions as (

    select * from {{ ref('int_deletions_last') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

known as (

    select
        record_id,
        source_system,
        object_type
    from landed
    union all
    select
        record_id,
        source_system,
        object_type
    from mentioned

),

records as (

    select
        known.record_id,
        known.source_system,
        known.object_type,
        landed.email,
        landed.full_name,
        landed.phone,
        landed.company_record_id,
        landed.company_name,
        landed.job_title,
        landed.country,
        landed.industry,
        landed.created_by_id,
        landed.owner_id,
        landed.lead_source_value,
        landed.campaign_id,
        landed.lifecycle_stage_value,
        landed.lead_status_value,
        landed.rejection_reason_value,
        landed.nurture_decision,
        merged_away.survivor_id as merged_into_record_id,
        landed.crm_url,
        landed.employee_count,
        landed.annual_revenue_cents,
        landed.has_email_opt_in,
        merged_away.record_id is not null
        or deletions.record_id is not null as is_deleted,
        landed.created_at,
        deletions.deleted_at,
        merged_away.merged_at
    from known
    cross join as_of
    left join landed on known.record_id = landed.record_id
    left join merged_away on known.record_id = merged_away.record_id
    left join deletions on known.record_id = deletions.record_id
    where landed.created_at is null or landed.created_at <= as_of.as_of

)

select * from records
