-- One row per distinct landed change of a mapped field, none after as_of.

with

changes_by_concept as (

    select * from {{ ref('int_changes_by_concept') }}

),

deletions as (

    select * from {{ ref('int_deletions') }}

),

unioned as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        old_value,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from changes_by_concept
    where concept <> 'is_deleted'

    union all

    select
        source_system,
        object_type,
        record_id,
        'is_deleted' as concept,
        'is_deleted' as source_field,
        cast(null as varchar) as old_value,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        'history' as known_by,
        cast(null as timestamp) as changed_after
    from deletions

),

-- Exact duplicates: an export repeats what an earlier one told.
changes as (

    select distinct
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        old_value,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from unioned

)

select * from changes
