-- One row per stay of a subject in one value or in none, with the changes it took in.

with

changes as (

    select * from {{ ref('int_changes_settled') }}
    where is_standing

),

started as (

    select
        *,
        stated_value is not distinct from lag(stated_value) over in_order as is_repeat
    from changes
    window in_order as (partition by concept, subject_key order by position)

),

numbered as (

    select
        *,
        sum(case when is_repeat then 0 else 1 end) over (
            partition by concept, subject_key order by position
            rows between unbounded preceding and current row
        ) as stay_number
    from started

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
