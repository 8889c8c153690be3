-- One row per Salesforce account, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'account') }}
    qualify {{ is_newest_salesforce_row() }}

),

accounts as (

    select
        {{ salesforce_id('company', 'id') }} as record_id,
        {{ salesforce_id('company', 'master_record_id') }} as master_record_id,
        {{ salesforce_id('company', 'parent_id') }} as parent_record_id,
        {{ salesforce_user_id('owner_id') }} as owner_id,
        {{ salesforce_user_id('created_by_id') }} as created_by_id,
        nullif(trim(name), '') as company_name,
        nullif(trim(website), '') as website,
        nullif(trim(phone), '') as phone,
        nullif(trim(billing_country), '') as country,
        nullif(trim(industry), '') as industry,
        nullif(trim(type), '') as account_type,
        nullif(trim(account_source), '') as lead_source_value,
        cast(round(try_cast(number_of_employees as double)) as bigint)
            as employee_count,
        cast(round(try_cast(annual_revenue as double) * 100) as bigint)
            as annual_revenue_cents,
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

select * from accounts
