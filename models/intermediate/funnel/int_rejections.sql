-- One row per rejection: a handoff turned down, or a lead given up after acceptance.

with

handoffs as (

    select * from {{ ref('int_handoffs') }}
    where decision in ('rejected_recycled', 'rejected_disqualified')

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where movement = 'rejected' and from_role != 'mql'

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

people as (

    select * from {{ ref('int_people') }}

),

visit_cohorts as (

    select * from {{ ref('int_visit_cohorts') }}

),

rejected as (

    select
        'handoff' as subject_type,
        handoff_key as subject_key,
        visit_key,
        person_key,
        lifecycle_stage,
        reason_code,
        decided_at as rejected_at
    from handoffs
    union all
    select
        'transition' as subject_type,
        transitions.transition_key as subject_key,
        stage_visits.visit_key,
        transitions.person_key,
        transitions.from_stage as lifecycle_stage,
        transitions.reason_code,
        transitions.transitioned_at as rejected_at
    from transitions
    left join stage_visits
        on transitions.transition_key = stage_visits.exit_transition_key

),

rejections as (

    select
        rejected.subject_type,
        rejected.subject_key,
        rejected.person_key,
        rejected.lifecycle_stage,
        coalesce(
            visit_cohorts.lead_source_group, people.lead_source_group, 'unknown'
        ) as lead_source_group,
        coalesce(rejected.reason_code, 'none') as reason_code,
        rejected.reason_code is not null as has_reason,
        rejected.rejected_at
    from rejected
    left join visit_cohorts
        on rejected.visit_key = visit_cohorts.visit_key
    left join people
        on rejected.person_key = people.person_key

)

select * from rejections
