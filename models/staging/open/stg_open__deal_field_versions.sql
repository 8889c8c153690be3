-- One row per superseded version of a deal of an open-format source and field that
-- is not empty.

with

landed as (

    select * from {{ source('open_history_fields', 'deals_fields') }}

),

deal_field_versions as (

    select
        source_system,
        {{ open_id("'deal'", 'deal_id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from deal_field_versions
