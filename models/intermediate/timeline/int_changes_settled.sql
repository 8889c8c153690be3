-- One row per change of a subject's timeline that is not an interruption, with whether
-- its value outlived its moment.

with

changes as (

    select * from {{ ref('int_changes_ordered') }}
    where not is_interruption

),

unmapped as (

    select * from {{ ref('int_unmapped_interruptions') }}

),

kept as (

    select changes.*
    from changes
    left join unmapped
        on
            changes.concept = unmapped.concept
            and changes.subject_key = unmapped.subject_key
            and changes.position = unmapped.position
    where unmapped.position is null

),

compared as (

    select
        *,
        first_value(stated_value) over (
            partition by concept, subject_key, changed_at order by position desc
        ) as last_of_moment,
        lag(position) over (
            partition by concept, subject_key order by position
        ) as position_before
    from kept

),

settled as (

    select
        *,
        (stated_value is not distinct from last_of_moment) as is_standing,
        coalesce(position - position_before > 1, false) as is_after_interruption
    from compared

)

select * from settled
