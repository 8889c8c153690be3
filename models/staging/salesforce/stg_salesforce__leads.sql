-- One row per Salesforce lead, converted and deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'lead') }}
    qualify {{ is_newest_salesforce_row() }}

),

leads as (

    select
        {{ salesforce_id('lead', 'id') }} as record_id,
        {{ salesforce_id('lead', 'master_record_id') }} as master_record_id,
        {{ salesforce_id('company', 'converted_account_id') }} as converted_account_id,
        {{ salesforce_id('contact', 'converted_contact_id') }} as converted_contact_id,
        {{ salesforce_id('deal', 'converted_opportunity_id') }} as converted_deal_id,
        {{ salesforce_user_id('owner_id') }} as owner_id,
        {{ salesforce_user_id('created_by_id') }} as created_by_id,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(coalesce(
            name, coalesce(first_name, '') || ' ' || coalesce(last_name, '')
        )), '') as full_name,
        nullif(trim(phone), '') as phone,
        nullif(trim(company), '') as company_name,
        nullif(trim(title), '') as job_title,
        nullif(trim(country), '') as country,
        nullif(trim(industry), '') as industry,
        nullif(trim(status), '') as lead_status_value,
        nullif(trim(lead_source), '') as lead_source_value,
        cast(round(try_cast(number_of_employees as double)) as bigint)
            as employee_count,
        cast(round(try_cast(annual_revenue as double) * 100) as bigint)
            as annual_revenue_cents,
        not has_opted_out_of_email as has_email_opt_in,
        coalesce(is_converted, false) as is_converted,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        cast(converted_date as date) as converted_on,
        case when is_deleted then coalesce(last_modified_date, system_modstamp) end
            as deleted_at,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at,
        system_modstamp as modified_at,
        _fivetran_synced as synced_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from leads
