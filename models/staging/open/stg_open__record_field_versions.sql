-- One row per superseded version of a record of an open-format source and field that
-- is not empty.

with

landed as (

    select * from {{ source('open_history_fields', 'records_fields') }}

),

record_field_versions as (

    select
        source_system,
        coalesce(nullif(lower(trim(record_type)), ''), 'contact') as object_type,
        {{ open_id('object_type', 'record_id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from record_field_versions
