-- One row per contact, lead or company of an open-format source, deleted ones kept.

with

landed as (

    select * from {{ source('open', 'records') }}

),

records as (

    select
        source_system,
        coalesce(nullif(lower(trim(record_type)), ''), 'contact') as object_type,
        {{ open_id('object_type', 'record_id') }} as record_id,
        {{ open_id("'company'", 'company_id') }} as company_record_id,
        {{ open_id("'user'", 'owner_id') }} as owner_id,
        {{ open_id("'user'", 'created_by') }} as created_by_id,
        {{ open_id('object_type', 'merged_into_id') }} as merged_into_record_id,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(full_name), '') as full_name,
        nullif(trim(phone), '') as phone,
        nullif(trim(company_name), '') as company_name,
        nullif(trim(job_title), '') as job_title,
        nullif(trim(country), '') as country,
        nullif(trim(industry), '') as industry,
        nullif(trim(lead_source), '') as lead_source_value,
        nullif(trim(campaign_id), '') as campaign_id,
        nullif(trim(nurture_decision), '') as nurture_decision,
        nullif(trim(lifecycle_stage), '') as lifecycle_stage_value,
        nullif(trim(lead_status), '') as lead_status_value,
        nullif(trim(rejection_reason), '') as rejection_reason_value,
        employee_count,
        cast(round(annual_revenue * 100) as bigint) as annual_revenue_cents,
        email_opt_in as has_email_opt_in,
        budget_confirmed as has_budget_confirmed,
        authority_confirmed as has_authority_confirmed,
        need_confirmed as has_need_confirmed,
        timing_confirmed as has_timing_confirmed,
        coalesce(is_deleted, false) as is_deleted,
        created_at,
        deleted_at,
        _load_id as load_id
    from landed

)

select * from records
