-- One row per person, funnel stage entered and later stage that could be reached.

with

entries as (

    select * from {{ ref('int_cohort_entries') }}

),

stages as (

    select * from {{ ref('int_funnel_stages') }}

),

moves as (

    select
        person_key,
        to_rank,
        transitioned_at
    from {{ ref('int_stage_transitions') }}
    where not is_to_off_funnel and to_rank is not null

),

reached as (

    select
        entries.person_key,
        entries.lifecycle_stage as from_stage,
        stages.lifecycle_stage as to_stage,
        min(moves.transitioned_at) as converted_at
    from entries
    inner join stages
        on entries.stage_rank < stages.stage_rank
    inner join moves
        on
            entries.person_key = moves.person_key
            and entries.entered_at < moves.transitioned_at
            and stages.stage_rank <= moves.to_rank
    group by entries.person_key, entries.lifecycle_stage, stages.lifecycle_stage

),

members as (

    select
        entries.person_key,
        entries.person_id,
        entries.lifecycle_stage as from_stage,
        stages.lifecycle_stage as to_stage,
        entries.stage_role as from_role,
        stages.stage_role as to_role,
        entries.lead_source_group,
        entries.segment,
        {{ seconds_between('entries.entered_at', 'reached.converted_at') }} / 86400
            as days_to_conversion,
        {{ seconds_between(
            'entries.entered_at', 'coalesce(reached.converted_at, entries.watched_until)'
        ) }} / 86400 as watched_days,
        reached.converted_at is not null as is_converted,
        entries.entered_at,
        reached.converted_at
    from entries
    inner join stages
        on entries.stage_rank < stages.stage_rank
    left join reached
        on
            entries.person_key = reached.person_key
            and entries.lifecycle_stage = reached.from_stage
            and stages.lifecycle_stage = reached.to_stage

)

select * from members
