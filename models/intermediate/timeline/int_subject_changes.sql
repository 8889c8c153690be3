-- One row per change that speaks in a subject's timeline: records and deals for
-- themselves, people through the changes of their records that count.

with

changes as (

    select * from {{ ref('int_changes_ranked') }}

),

person_changes as (

    select * from {{ ref('int_person_changes_counted') }}
    where fate = 'counted'

),

absences as (

    select * from {{ ref('int_subject_absences') }}

),

spoken as (

    select
        case
            when concept <> 'lifecycle_stage' then concept
            when object_type = 'company' then 'account_stage'
            else 'record_stage'
        end as concept,
        record_key as subject_key,
        change_key,
        record_key,
        record_id,
        mapped_value,
        source_value,
        old_source_value,
        actor_id,
        change_source,
        entered_by_kind,
        decision,
        case when mapped_value is null then 'clear' else 'set' end as event_kind,
        tie_rank,
        is_bulk,
        is_inferred,
        coverage_from,
        changed_at
    from changes

    union all

    select
        'person_stage',
        person_key,
        change_key,
        record_key,
        record_id,
        mapped_value,
        source_value,
        old_source_value,
        actor_id,
        change_source,
        entered_by_kind,
        decision,
        case when mapped_value is null then 'clear' else 'set' end,
        tie_rank,
        is_bulk,
        is_inferred,
        coverage_from,
        changed_at
    from person_changes

    union all

    select
        concept,
        subject_key,
        null,
        record_key,
        record_id,
        null,
        null,
        null,
        actor_id,
        null,
        entered_by_kind,
        null,
        event_kind,
        case when event_kind = 'deleted' then 2000 else -3 end,
        false,
        false,
        null,
        changed_at
    from absences

)

select * from spoken
