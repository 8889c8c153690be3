-- One row per Salesforce opportunity and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'opportunity_fields') }}

),

newest as (

    select id from {{ source('salesforce', 'opportunity') }}
    qualify {{ is_newest_salesforce_row() }}

),

opportunity_fields as (

    select
        {{ salesforce_id('deal', 'landed.id') }} as record_id,
        {{ field_key('landed.field') }} as source_field,
        landed.value
    from landed
    inner join newest on landed.id = newest.id

)

select * from opportunity_fields
