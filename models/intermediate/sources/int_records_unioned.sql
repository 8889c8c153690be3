-- One row per CRM record (contact, lead or company), deleted ones kept.

with

landed as (

    select * from {{ ref('int_records_landed') }}

),

held as (

    select * from {{ ref('int_record_values_held') }}
    where object_type <> 'deal'

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

unborn as (

    select * from {{ ref('int_records_unborn') }}

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
        held.email,
        landed.full_name,
        held.phone,
        held.company_record_id,
        held.company_name,
        held.job_title,
        held.country,
        held.industry,
        landed.created_by_id,
        held.owner_id,
        held.lead_source_value,
        held.campaign_id,
        held.lifecycle_stage_value,
        held.lead_status_value,
        held.rejection_reason_value,
        held.nurture_decision,
        merged_away.survivor_id as merged_into_record_id,
        landed.crm_url,
        held.employee_count,
        held.annual_revenue_cents,
        held.has_email_opt_in,
        merged_away.record_id is not null
        or deletions.record_id is not null as is_deleted,
        landed.created_at,
        deletions.deleted_at,
        merged_away.merged_at
    from known
    cross join as_of
    left join landed on known.record_id = landed.record_id
    left join held on landed.record_id = held.record_id
    left join merged_away on known.record_id = merged_away.record_id
    left join deletions on known.record_id = deletions.record_id
    left join unborn on known.record_id = unborn.record_id
    where
        unborn.record_id is null
        and (landed.created_at is null or landed.created_at <= as_of.as_of)

)

select * from records
