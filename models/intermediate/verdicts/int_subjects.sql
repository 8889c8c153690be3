-- One row per thing that rules can judge: stage_visit, transition, record_change,
-- handoff, person, record or stage. Narrow: what a finding shows of it is in
-- int_subjects_described.

with

visits as (

    select * from {{ ref('int_stage_visits') }}

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

people as (

    select * from {{ ref('int_people') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

stages as (

    -- a stage has a row a stretch of time
    select
        stage_key,
        lifecycle_stage,
        max_by(primary_team, valid_from) as primary_team
    from {{ ref('int_policy_stages') }}
    group by stage_key, lifecycle_stage

),

record_changes as (

    select * from {{ ref('int_changes_linked') }}

),

passing_mqls as (

    select * from {{ ref('int_passing_mqls') }}

),

subjects as (

    select
        'stage_visit' as subject_type,
        visits.visit_key as subject_key,
        visits.visit_id as subject_id,
        visits.person_key,
        visits.record_id,
        visits.lifecycle_stage,
        cast(null as varchar) as owner_id,
        cast(null as varchar) as owner_team,
        visits.entry_transition_key as transition_key,
        visits.exit_transition_key,
        visits.is_bulk,
        visits.is_exit_bulk,
        visits.is_start_inferred
    from visits

    union all

    select
        'transition',
        transition_key,
        transition_id,
        person_key,
        record_id,
        coalesce(to_stage, from_stage),
        null,
        null,
        transition_key as own_transition_key,
        transition_key as exit_transition_key,
        is_bulk,
        is_bulk as is_exit_bulk,
        is_inferred
    from transitions

    union all

    select
        'record_change',
        record_changes.change_key,
        md5(
            record_changes.concept || '|' || record_changes.record_id || '|'
            || cast(record_changes.changed_at as varchar) || '|'
            || coalesce(record_changes.new_value, '') || '|'
            || cast(record_changes.moment_position as varchar)
        ),
        case when clusters.cluster_kind = 'person' then clusters.cluster_key end,
        record_changes.record_id,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        false
    from record_changes
    left join clusters on record_changes.record_key = clusters.record_key

    union all

    select
        'handoff',
        handoff_key,
        handoff_id,
        person_key,
        record_id,
        lifecycle_stage,
        owner_id,
        owner_team,
        coalesce(decided_transition_key, entry_transition_key),
        decided_transition_key,
        coalesce(is_bulk, false),
        coalesce(is_decided_in_bulk, false),
        coalesce(is_start_inferred, false)
    from handoffs

    union all

    select
        'handoff',
        subject_key,
        transition_id,
        person_key,
        record_id,
        from_stage,
        null,
        null,
        transition_key,
        transition_key as exit_transition_key,
        is_bulk,
        is_bulk as is_exit_bulk,
        false
    from passing_mqls

    union all

    select
        'person',
        people.person_key as subject_key,
        people.person_id as subject_id,
        people.person_key,
        people.primary_record_id,
        people.lifecycle_stage,
        null,
        null,
        visits.entry_transition_key,
        null,
        false,
        false,
        false
    from people
    left join visits on people.visit_key = visits.visit_key

    union all

    select
        'record',
        clusters.record_key as subject_key,
        clusters.record_id as subject_id,
        case when clusters.cluster_kind = 'person' then clusters.cluster_key end,
        clusters.record_id,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        false
    from clusters

    union all

    select
        'stage',
        stage_key as subject_key,
        lifecycle_stage as subject_id,
        null,
        null,
        lifecycle_stage,
        null,
        primary_team,
        null,
        null,
        false,
        false,
        false
    from stages

)

select * from subjects
