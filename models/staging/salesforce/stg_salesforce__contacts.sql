-- One row per Salesforce contact, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'contact') }}
    qualify {{ is_newest_salesforce_row() }}

),

contacts as (

    select
        {{ salesforce_id('contact', 'id') }} as record_id,
        {{ salesforce_id('contact', 'master_record_id') }} as master_record_id,
        {{ salesforce_id('company', 'account_id') }} as company_record_id,
        {{ salesforce_user_id('owner_id') }} as owner_id,
        {{ salesforce_user_id('created_by_id') }} as created_by_id,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(coalesce(
            name, coalesce(first_name, '') || ' ' || coalesce(last_name, '')
        )), '') as full_name,
        nullif(trim(phone), '') as phone,
        nullif(trim(title), '') as job_title,
        nullif(trim(mailing_country), '') as country,
        nullif(trim(lead_source), '') as lead_source_value,
        not has_opted_out_of_email as has_email_opt_in,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
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

select * from contacts
