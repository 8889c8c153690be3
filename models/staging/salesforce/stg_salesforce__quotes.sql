-- One row per Salesforce quote, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'quote') }}
    -- an id of 15 characters and the same in 18 are one row: the newest version
    qualify
        row_number() over (
            partition by {{ salesforce_id_18('id') }}
            order by
                system_modstamp desc nulls last,
                _loaded_at desc nulls last,
                id desc
        ) = 1

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
