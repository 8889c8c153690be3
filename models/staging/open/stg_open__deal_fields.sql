-- One row per deal of an open-format source and field that is not empty.

with

landed as (

    select * from {{ source('open_fields', 'deals_fields') }}

),

deal_fields as (

    select
        source_system,
        {{ open_id("'deal'", 'deal_id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from deal_fields
