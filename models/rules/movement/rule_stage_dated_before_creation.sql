-- One row per move that a landed change made, judged for lying before the record existed
-- (MV09).

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where change_key > 0

),

births as (

    select * from {{ ref('int_record_births') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

compared as (

    select
        transitions.transition_key,
        transitions.to_stage,
        transitions.transitioned_at,
        births.born_at,
        coalesce(births.is_known, false) as is_born_known,
        coalesce(
            transitions.transitioned_at
            < births.born_at - settings.creation_window_seconds * interval '1' second,
            false
        ) as is_before_creation
    from transitions
    cross join settings
    left join births on transitions.record_id = births.record_id

),

judged as (

    select
        transition_key as subject_key,
        case
            when born_at is null or (is_before_creation and not is_born_known)
                then 'not_judged'
            when is_before_creation then 'broken'
            else 'passed'
        end as verdict,
        case
            when born_at is null or (is_before_creation and not is_born_known)
                then 'evidence_undated'
        end as reason,
        transitioned_at as judged_at,
        transitioned_at as occurred_at,
        case
            when is_before_creation and is_born_known
                then
                    coalesce('moved to ' || to_stage, 'cleared') || ' on '
                    || {{ readable_time('transitioned_at') }}
                    || ', before the record was created on '
                    || {{ readable_time('born_at') }}
        end as evidence
    from compared

)

select * from judged
