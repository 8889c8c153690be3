-- One row per move of a person from one stage to another, states without length
-- included, in order.
-- Unmapped values never move anyone; a moment that ends where it began has no moves.

with

changes as (

    select * from {{ ref('int_changes_settled') }}
    where
        concept = 'person_stage'
        and stated_value is distinct from 'unmapped'

),

moments as (

    select
        subject_key,
        changed_at,
        max(stated_value) as last_value,
        lag(max(stated_value)) over (
            partition by subject_key order by changed_at
        ) as value_before
    from changes
    where is_standing
    group by subject_key, changed_at

),

moving as (

    select changes.*
    from changes
    inner join moments
        on
            changes.subject_key = moments.subject_key
            and changes.changed_at = moments.changed_at
    where moments.last_value is distinct from moments.value_before

),

stepped as (

    select
        *,
        lag(stated_value) over in_order as value_before,
        lag(changed_at) over in_order as changed_before_at
    from moving
    window in_order as (partition by subject_key order by position)

),

moves as (

    select * from stepped
    where stated_value is distinct from value_before

),

numbered as (

    select
        *,
        lag(changed_at) over (partition by subject_key order by position)
            as moved_before_at,
        sum(case when stated_value is null then 0 else 1 end) over (
            partition by subject_key order by position
            rows between unbounded preceding and current row
        ) as stage_number
    from moves

)

select
    *,
    -- a value set after a hole moves from the last stage before it
    max(stated_value) over (partition by subject_key, stage_number) as stage_in_force
from numbered
