-- One row per record of an open-format source and field that is not empty.

with

landed as (

    select * from {{ source('open_fields', 'records_fields') }}

),

record_fields as (

    select
        source_system,
        coalesce(nullif(lower(trim(record_type)), ''), 'contact') as object_type,
        {{ open_id('object_type', 'record_id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value
    from landed

)

select * from record_fields
