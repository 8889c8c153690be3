-- One row per change of a field of an open-format source.

with

landed as (

    select * from {{ source('open', 'changes') }}

),

changes as (

    select
        source_system,
        nullif(trim(change_id), '') as change_id,
        coalesce(nullif(lower(trim(entity_type)), ''), 'contact') as object_type,
        {{ open_id('object_type', 'entity_id') }} as record_id,
        {{ open_user_id('changed_by') }} as changed_by_id,
        lower(trim(field)) as source_field,
        old_value,
        new_value,
        nullif(trim(change_source), '') as change_source,
        changed_at
    from landed

)

select * from changes
