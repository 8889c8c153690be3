-- One row per move to or from a stage, judged for dates outside the life of its record
-- (MV09).

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where change_key is not null

),

births as (

    select * from {{ ref('int_record_births') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

-- A date that moved nobody: the record's last move answers for it.
misplaced_dates as (

    select * from {{ ref('int_misplaced_dates') }}

),

last_transitions as (

    select transition_key
    from transitions
    qualify
        row_number() over (partition by record_id order by transition_key desc) = 1

),

compared as (

    select
        transitions.transition_key,
        transitions.to_stage,
        transitions.transitioned_at,
        births.born_at,
        misplaced_dates.source_field,
        misplaced_dates.dated_at,
        misplaced_dates.born_at as dated_before_birth_at,
        coalesce(births.is_known, false) as is_born_known,
        -- a creation that no change tells has no date of its own
        transitions.change_key > 0
        and coalesce(
            transitions.transitioned_at
            < births.born_at - settings.creation_window_seconds * interval '1' second,
            false
        ) as is_before_creation
    from transitions
    cross join settings
    left join births on transitions.record_id = births.record_id
    left join last_transitions
        on transitions.transition_key = last_transitions.transition_key
    left join misplaced_dates
        on
            transitions.record_id = misplaced_dates.record_id
            and last_transitions.transition_key is not null

),

settled as (

    select
        *,
        case
            when dated_at is not null then 'broken'
            when born_at is null or (is_before_creation and not is_born_known)
                then 'not_judged'
            when is_before_creation then 'broken'
            else 'passed'
        end as verdict
    from compared

),

judged as (

    select
        transition_key as subject_key,
        verdict,
        case when verdict = 'not_judged' then 'evidence_undated' end as reason,
        transitioned_at as judged_at,
        transitioned_at as occurred_at,
        case
            when verdict = 'broken' and is_before_creation and is_born_known
                then
                    coalesce('moved to ' || to_stage, 'cleared') || ' on '
                    || {{ readable_time('transitioned_at') }}
                    || ', before the record was created on '
                    || {{ readable_time('born_at') }}
            when verdict = 'broken'
                then
                    coalesce('the field ' || source_field, 'a later change')
                    || ' dates a stage ' || {{ readable_time('dated_at') }} || ', '
                    || coalesce(
                        'before the record was created on '
                        || {{ readable_time('dated_before_birth_at') }},
                        'after its source was loaded'
                    )
        end as evidence
    from settled

)

select * from judged
