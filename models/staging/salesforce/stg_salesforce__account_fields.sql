-- One row per Salesforce account and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_fields', 'account_fields') }}

),

-- an id of 15 characters and the same in 18 are one row: what the newest version says
newest as (

    select id from {{ source('salesforce', 'account') }}
    qualify
        row_number() over (
            partition by {{ salesforce_id_18('id') }}
            order by
                system_modstamp desc nulls last,
                _loaded_at desc nulls last,
                id desc
        ) = 1

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
