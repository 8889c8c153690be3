-- One row per superseded version of a HubSpot deal and field that is not empty.

with

landed as (

    select * from {{ source('hubspot_history_fields', 'deal_fields') }}

),

deal_field_versions as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value,
        _load_id as load_id,
        _seen_at as seen_at,
        _modified_at as modified_at
    from landed

)

select * from deal_field_versions
