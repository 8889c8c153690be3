-- One row per Salesforce contract, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'contract') }}
    qualify {{ is_newest_salesforce_row() }}

),

contracts as (

    select
        {{ salesforce_id('contract', 'id') }} as contract_id,
        {{ salesforce_id('deal', 'opportunity_id') }} as deal_id,
        {{ salesforce_id('company', 'account_id') }} as company_record_id,
        nullif(trim(status), '') as document_status,
        nullif(trim(status_code), '') as status_code,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        cast(customer_signed_date as date) as customer_signed_on,
        cast(company_signed_date as date) as company_signed_on,
        activated_date as activated_at,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from contracts
