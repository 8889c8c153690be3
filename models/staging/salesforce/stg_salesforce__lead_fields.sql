-- One row per Salesforce lead and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'lead_fields') }}

),

newest as (

    select id from {{ source('salesforce', 'lead') }}
    qualify {{ is_newest_salesforce_row() }}

),

lead_fields as (

    select
        {{ salesforce_id(object_type='lead', column='landed.id') }} as record_id,
        {{ field_key('landed.field') }} as source_field,
        landed.value
    from landed
    inner join newest on landed.id = newest.id

)

select * from lead_fields
