-- One row per Salesforce quote, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'quote') }}
    qualify {{ is_newest_salesforce_row() }}

),

quotes as (

    select
        {{ salesforce_id('document', 'id') }} as document_id,
        {{ salesforce_id('deal', 'opportunity_id') }} as deal_id,
        {{ salesforce_id('contract', 'contract_id') }} as contract_id,
        nullif(trim(status), '') as document_status,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from quotes
