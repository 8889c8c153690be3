-- One row per moment at which a subject with a timeline went away or came back.

with

changes as (

    select * from {{ ref('int_changes_ranked') }}

),

records as (

    select * from {{ ref('int_timeline_records') }}

),

lives as (

    -- a record that was merged away keeps its own stays
    select * from {{ ref('int_record_lives') }}
    where not is_merge

),

people as (

    select * from {{ ref('int_person_absences') }}

),

timelines as (

    -- distinct: one row a timeline, not a change
    select distinct
        changes.record_key,
        case
            when changes.concept <> 'lifecycle_stage' then changes.concept
            when changes.object_type = 'company' then 'account_stage'
            else 'record_stage'
        end as concept
    from changes
    inner join lives on changes.record_key = lives.record_key

),

turns as (

    select
        timelines.concept,
        lives.record_key as subject_key,
        timelines.record_key,
        'deleted' as event_kind,
        lives.deleted_by_id as actor_id,
        lives.deleted_by_kind as actor_kind,
        lives.deletion_known_by as known_by,
        lives.deleted_after as changed_after,
        lives.absent_from as changed_at
    from lives
    inner join timelines on lives.record_key = timelines.record_key

    union all

    select
        timelines.concept,
        lives.record_key as subject_key,
        timelines.record_key,
        'restored' as event_kind,
        lives.restored_by_id as actor_id,
        lives.restored_by_kind as actor_kind,
        lives.return_known_by as known_by,
        lives.restored_after as changed_after,
        lives.absent_to as changed_at
    from lives
    inner join timelines on lives.record_key = timelines.record_key
    where lives.absent_to is not null

    union all

    select
        'person_stage',
        person_key,
        record_key,
        'deleted',
        deleted_by_id,
        deleted_by_kind,
        deletion_known_by,
        deleted_after,
        absent_from
    from people

    union all

    select
        'person_stage',
        person_key,
        restored_record_key,
        'restored',
        restored_by_id,
        restored_by_kind,
        return_known_by,
        restored_after,
        absent_to
    from people
    where absent_to is not null

)

select
    turns.concept,
    turns.subject_key,
    turns.record_key,
    turns.event_kind,
    turns.actor_id,
    turns.known_by,
    turns.changed_after,
    turns.changed_at,
    records.record_id,
    -- a person is back with a record that somebody made: who did is not told
    coalesce(turns.actor_kind, 'unknown') as entered_by_kind
from turns
inner join records on turns.record_key = records.record_key
