-- One row per change that speaks in a subject's timeline: records and deals for
-- themselves, people through the changes of their records that count. What a sync
-- carried over keeps its place and takes the actor whom the other source knows. Records
-- that the policy leaves out speak nowhere.

with

changes as (

    select * from {{ ref('int_changes_ranked') }}

),

person_changes as (

    select * from {{ ref('int_person_changes_counted') }}
    where fate = 'counted'

),

actors as (

    select * from {{ ref('int_propagated_actors') }}

),

absences as (

    select * from {{ ref('int_subject_absences') }}

),

left_out as (

    -- distinct: several patterns may fit one record
    select distinct record_id from {{ ref('int_excluded_records') }}
    where is_left_out

),

timelines as (

    select
        case
            when changes.concept <> 'lifecycle_stage' then changes.concept
            when changes.object_type = 'company' then 'account_stage'
            else 'record_stage'
        end as concept,
        changes.record_key as subject_key,
        changes.change_key
    from changes
    left join left_out on changes.record_id = left_out.record_id
    where left_out.record_id is null

    union all

    select
        'person_stage',
        person_key,
        change_key
    from person_changes

),

spoken as (

    select
        timelines.concept,
        timelines.subject_key,
        changes.change_key,
        changes.record_key,
        changes.record_id,
        changes.mapped_value,
        changes.source_value,
        changes.old_source_value,
        -- a workflow has no user: then nobody is named, and not the sync that copied it
        case
            when actors.change_key is null then changes.actor_id
            else actors.actor_id
        end as actor_id,
        case
            when actors.change_key is null then changes.change_source
            else actors.change_source
        end as change_source,
        coalesce(actors.entered_by_kind, changes.entered_by_kind) as entered_by_kind,
        changes.decision,
        case when changes.mapped_value is null then 'clear' else 'set' end
            as event_kind,
        changes.actor_id as landed_actor_id,
        changes.change_source as landed_change_source,
        changes.tie_rank,
        coalesce(actors.is_bulk, changes.is_bulk) as is_bulk,
        changes.is_inferred,
        changes.known_by,
        changes.coverage_from,
        changes.changed_after,
        changes.changed_at
    from timelines
    inner join changes on timelines.change_key = changes.change_key
    left join actors on timelines.change_key = actors.change_key

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
        actor_id as landed_actor_id,
        null,
        case when event_kind = 'deleted' then 2000 else -3 end,
        false,
        false,
        known_by,
        null,
        changed_after,
        changed_at
    from absences

)

select * from spoken
