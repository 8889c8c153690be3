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
        coalesce(stage_visits.valid_to, as_of.as_of) as stayed_until,
        stage_visits.counted_from + stage_visits.max_days * interval '1' day as due_at
    from stage_visits
    cross join as_of

),

compared as (

    select
        *,
        due_at > as_of as is_running,
        stayed_until > due_at as is_late,
        -- two loads tell when it ended, one of them before it fell due
        stayed_until > due_at and coalesce(exited_after_at <= due_at, false)
            as is_end_unsure,
        stayed_until <= due_at
        and coalesce(exit_movement in ('deleted', 'cleared'), false) as is_cut_short
    from due

),

judged as (

    select
        visit_key as subject_key,
        case
            when is_running or is_end_unsure or is_cut_short then 'not_judged'
            when is_late then 'broken'
            else 'passed'
        end as verdict,
        case
            when is_running then 'not_due'
            when is_end_unsure then 'evidence_undated'
            when is_cut_short then 'subject_ended'
        end as reason,
        due_at as judged_at,
        due_at as occurred_at,
        case
            when is_late and not is_running and not is_end_unsure
                then
                    'in ' || lifecycle_stage
                    || case
                        when is_open
                            then ' since ' || {{ readable_time('counted_from') }}
                        else
                            ' from ' || {{ readable_time('counted_from') }}
                            || ' until ' || {{ readable_time('valid_to') }}
                    end || ', '
                    || {{ number_over(
                        seconds_between('counted_from', 'stayed_until') ~ ' / 86400',
                        'max_days'
                    ) }} || ' days, the limit is '
                    || cast(max_days as varchar)
        end as evidence
    from compared

)

select * from judged
