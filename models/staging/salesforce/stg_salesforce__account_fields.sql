-- One row per Salesforce account and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'account_fields') }}

),

account_fields as (

    select
        {{ salesforce_id('company', 'id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from account_fields
