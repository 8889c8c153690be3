-- One row per superseded version of a record of an open-format source.

with

landed as (

    select * from {{ source('open_history', 'records_history') }}

),

record_versions as (

    select
        source_system,
        coalesce(nullif(lower(trim(record_type)), ''), 'contact') as object_type,
        {{ open_id('object_type', 'record_id') }} as record_id,
        coalesce(is_deleted, deleted_at is not null) as is_deleted,
        deleted_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from record_versions
