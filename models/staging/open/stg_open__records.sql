-- One row per contact, lead or company of an open-format source, deleted ones kept.

with

landed as (

    select * from {{ source('open', 'records') }}

),

records as (

    select
        source_system,
        coalesce(nullif(lower(trim(record_type)), ''), 'contact') as object_type,
        {{ open_id('object_type', 'record_id') }} as record_id,
        {{ open_user_id('created_by') }} as created_by_id,
        {{ open_id('object_type', 'merged_into_id') }} as merged_into_record_id,
        nullif(trim(full_name), '') as full_name,
        coalesce(is_deleted, deleted_at is not null) as is_deleted,
        created_at,
        deleted_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from records
