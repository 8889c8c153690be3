-- One row per Salesforce lead and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'lead_fields') }}

),

lead_fields as (

    select
        {{ salesforce_id(object_type='lead', column='id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from lead_fields
