-- One row per stretch of time in which a record was not there: deleted, or merged away.

with

records as (

    select * from {{ ref('int_timeline_records') }}

),

changes as (

    select * from {{ ref('int_landed_changes') }}
    where concept = 'is_deleted'

),

flags as (

    select
        changes.record_key,
        lower(coalesce(changes.new_value, 'false')) = 'true' as is_deleted,
        changes.changed_by_id,
        changes.actor_kind,
        changes.known_by,
        changes.changed_after,
        changes.changed_at,
        changes.change_key
    from changes
    inner join records on changes.record_key = records.record_key
    where not records.is_merged_away

),

turns as (

    select
        *,
        lag(is_deleted, 1, false) over (
            partition by record_key order by changed_at, is_deleted, change_key
        ) as was_deleted
    from flags

),

stretches as (

    select
        record_key,
        is_deleted,
        changed_by_id as deleted_by_id,
        actor_kind as deleted_by_kind,
        lead(changed_by_id) over in_order as restored_by_id,
        lead(actor_kind) over in_order as restored_by_kind,
        known_by as deletion_known_by,
        changed_after as deleted_after,
        lead(known_by) over in_order as return_known_by,
        lead(changed_after) over in_order as restored_after,
        changed_at as absent_from,
        lead(changed_at) over in_order as absent_to
    from turns
    where is_deleted <> was_deleted
    window in_order as (partition by record_key order by changed_at, is_deleted)

),

absences as (

    select
        record_key,
        deleted_by_id,
        deleted_by_kind,
        restored_by_id,
        restored_by_kind,
        deletion_known_by,
        deleted_after,
        return_known_by,
        restored_after,
        false as is_merge,
        absent_from,
        absent_to
    from stretches
    where is_deleted

    union all

    select
        record_key,
        null,
        'unknown',
        null,
        null,
        'history',
        null,
        null,
        null,
        true,
        merged_at,
        null
    from records
    where is_merged_away and merged_at is not null

)

select * from absences
