-- One row per Salesforce account and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'account_fields') }}

),

newest as (

    select id from {{ source('salesforce', 'account') }}
    qualify {{ is_newest_salesforce_row() }}

),

account_fields as (

    select
        {{ salesforce_id('company', 'landed.id') }} as record_id,
        {{ field_key('landed.field') }} as source_field,
        landed.value
    from landed
    inner join newest on landed.id = newest.id

)

select * from account_fields
