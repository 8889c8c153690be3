-- One row per HubSpot company and field that is not empty.

with

landed as (

    select * from {{ source('hubspot_fields', 'company_fields') }}

),

company_fields as (

    select
        {{ hubspot_id('company', 'id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from company_fields
