-- One row per Salesforce opportunity and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'opportunity_fields') }}

),

opportunity_fields as (

    select
        {{ salesforce_id('deal', 'id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from opportunity_fields
