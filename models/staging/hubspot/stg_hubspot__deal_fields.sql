-- One row per HubSpot deal and field that is not empty.

with

landed as (

    select * from {{ source('hubspot_fields', 'deal_fields') }}

),

deal_fields as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from deal_fields
