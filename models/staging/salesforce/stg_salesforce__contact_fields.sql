-- One row per Salesforce contact and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'contact_fields') }}

),

newest as (

    select id from {{ source('salesforce', 'contact') }}
    qualify {{ is_newest_salesforce_row() }}

),

contact_fields as (

    select
        {{ salesforce_id('contact', 'landed.id') }} as record_id,
        {{ field_key('landed.field') }} as source_field,
        landed.value
    from landed
    inner join newest on landed.id = newest.id

)

select * from contact_fields
