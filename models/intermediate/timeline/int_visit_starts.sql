-- One row per stay of a subject in one value or in none, with the changes it took in.

with

changes as (

    select * from {{ ref('int_changes_settled') }}
    where is_standing

),

compared as (

    select
        *,
        lag(stated_value) over (
            partition by concept, subject_key order by position
        ) as value_before
    from changes

),

numbered as (

    select
        *,
        (stated_value is not distinct from value_before) as is_repeat,
        sum(case when (stated_value is distinct from value_before) then 1 else 0 end)
            over (
                partition by concept, subject_key order by position
                rows between unbounded preceding and current row
            ) as stay_number
    from compared

),

counted as (

    select
        *,
        count(*) filter (where is_repeat and not is_after_interruption) over stay
            as touch_count,
        count(*) filter (where is_repeat and is_after_interruption) over stay
            as interruption_count
    from numbered
    window stay as (partition by concept, subject_key, stay_number)

),

bounded as (

    select
        *,
        lead(changed_at) over (
            partition by concept, subject_key order by position
        ) as ended_at
    from counted
    where not is_repeat

)

select * from bounded
