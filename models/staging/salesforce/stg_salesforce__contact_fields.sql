-- One row per Salesforce contact and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'contact_fields') }}

),

contact_fields as (

    select
        {{ salesforce_id('contact', 'id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from contact_fields
