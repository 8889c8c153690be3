-- One row per stay in a stage with a limit, judged for staying beyond it (TM01).

with

stage_visits as (

    select * from {{ ref('int_stage_visits') }}
    where max_days is not null

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

due as (

    select
        stage_visits.*,
        as_of.as_of,
        stage_visits.counted_from + stage_visits.max_days * interval '1' day as due_at
    from stage_visits
    cross join as_of

),

subjects as (

    -- Who left in time is judged, so that the rate has a denominator; who left late is
    -- no longer overdue.
    select * from due
    where is_open or valid_to <= due_at

),

judged as (

    select
        visit_key as subject_key,
        case
            when due_at > as_of then 'not_judged'
            when is_open and due_at < as_of then 'broken'
            when not is_open and exit_movement in ('deleted', 'cleared')
                then 'not_judged'
            else 'passed'
        end as verdict,
        case
            when due_at > as_of then 'not_due'
            when not is_open and exit_movement in ('deleted', 'cleared')
                then 'subject_ended'
        end as reason,
        due_at as judged_at,
        due_at as occurred_at,
        case
            when is_open and due_at < as_of
                then
                    'in ' || lifecycle_stage || ' since '
                    || {{ readable_time('counted_from') }} || ', '
                    || {{ number_over(
                        seconds_between('counted_from', 'as_of') ~ ' / 86400',
                        'max_days'
                    ) }} || ' days, the limit is '
                    || cast(max_days as varchar)
        end as evidence
    from subjects

)

select * from judged
