-- One row per HubSpot contact, deleted ones kept.

with

landed as (

    select * from {{ source('hubspot', 'contact') }}

),

contacts as (

    select
        {{ hubspot_id('contact', 'id') }} as record_id,
        {{ hubspot_id('company', 'property_associatedcompanyid') }}
            as company_record_id,
        {{ hubspot_id('owner', 'property_hubspot_owner_id') }} as owner_id,
        {{ hubspot_id('user', 'property_hs_created_by_user_id') }}
            as created_by_user_id,
        nullif(lower(trim(property_email)), '') as email,
        nullif(
            trim(
                coalesce(property_firstname, '') || ' '
                || coalesce(property_lastname, '')
            ),
            ''
        ) as full_name,
        nullif(trim(property_phone), '') as phone,
        nullif(trim(property_company), '') as company_name,
        nullif(trim(property_jobtitle), '') as job_title,
        nullif(trim(property_country), '') as country,
        nullif(trim(property_industry), '') as industry,
        nullif(trim(property_lifecyclestage), '') as lifecycle_stage_value,
        nullif(trim(property_hs_lead_status), '') as lead_status_value,
        nullif(trim(property_rejection_reason), '') as rejection_reason_value,
        nullif(trim(property_nurture_decision), '') as nurture_decision,
        nullif(trim(property_hs_analytics_source), '') as lead_source_value,
        nullif(trim(property_hs_analytics_source_data_1), '') as lead_source_detail,
        nullif(trim(property_hs_analytics_first_touch_converting_campaign), '')
            as campaign_id,
        nullif(trim(property_hs_merged_object_ids), '') as merged_ids,
        cast(round(try_cast(property_numemployees as double)) as bigint)
            as employee_count,
        cast(
            round(try_cast(property_annualrevenue as double) * 100) as bigint
        ) as annual_revenue_cents,
        not property_hs_email_optout as has_email_opt_in,
        try_cast(property_budget_confirmed as boolean) as has_budget_confirmed,
        try_cast(property_authority_confirmed as boolean) as has_authority_confirmed,
        try_cast(property_need_confirmed as boolean) as has_need_confirmed,
        try_cast(property_timing_confirmed as boolean) as has_timing_confirmed,
        coalesce(_fivetran_deleted, false) as is_deleted,
        property_createdate as created_at,
        property_lastmodifieddate as updated_at,
        _fivetran_synced as synced_at,
        _load_id as load_id
    from landed

)

select * from contacts
