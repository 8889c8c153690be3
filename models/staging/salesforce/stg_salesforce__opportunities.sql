-- One row per Salesforce opportunity, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'opportunity') }}
    qualify {{ is_newest_salesforce_row() }}

),

opportunities as (

    select
        {{ salesforce_id('deal', 'id') }} as deal_id,
        {{ salesforce_id('company', 'account_id') }} as company_record_id,
        {{ salesforce_id('contact', 'contact_id') }} as contact_record_id,
        {{ salesforce_id('campaign', 'campaign_id') }} as campaign_id,
        {{ salesforce_id('contract', 'contract_id') }} as contract_id,
        {{ salesforce_user_id('owner_id') }} as owner_id,
        {{ salesforce_user_id('created_by_id') }} as created_by_id,
        {{ salesforce_id_18('record_type_id') }} as record_type_id,
        nullif(trim(name), '') as deal_name,
        nullif(trim(type), '') as deal_type,
        nullif(trim(stage_name), '') as deal_stage_value,
        nullif(trim(forecast_category_name), '') as forecast_category,
        nullif(upper(trim(currency_iso_code)), '') as currency,
        cast(round(amount * 100) as bigint) as amount_cents,
        is_closed,
        is_won,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        cast(cast(close_date as date) as timestamp) as close_date_at,
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

select * from opportunities
