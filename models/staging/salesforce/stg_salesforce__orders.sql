-- One row per Salesforce order, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'order') }}
    qualify {{ is_newest_salesforce_row() }}

),

orders as (

    select
        {{ salesforce_id('document', 'id') }} as document_id,
        {{ salesforce_id('deal', 'opportunity_id') }} as deal_id,
        {{ salesforce_id('contract', 'contract_id') }} as contract_id,
        {{ salesforce_id('document', 'quote_id') }} as quote_id,
        {{ salesforce_id('company', 'account_id') }} as company_record_id,
        nullif(trim(status), '') as document_status,
        nullif(trim(status_code), '') as status_code,
        coalesce(is_reduction_order, false) as is_reduction,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        activated_date as activated_at,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from orders
