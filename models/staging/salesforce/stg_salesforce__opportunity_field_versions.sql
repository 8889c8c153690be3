-- One row per superseded version of a Salesforce opportunity and field that it holds.

with

landed as (

    select * from {{ source('salesforce_history_fields', 'opportunity_fields') }}

),

opportunity_field_versions as (

    select
        {{ salesforce_id('deal', 'id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value,
        _load_id as load_id,
        _seen_at as seen_at,
        _modified_at as modified_at
    from landed

)

select * from opportunity_field_versions
