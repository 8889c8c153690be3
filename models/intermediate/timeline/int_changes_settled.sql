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
        position - row_number() over (
            partition by concept, subject_key order by position
        ) as interruptions_before
    from kept

),

standing as (

    select
        *,
        (stated_value is not distinct from last_of_moment) as is_standing
    from compared

),

settled as (

    select
        *,
        is_standing and coalesce(
            interruptions_before > lag(interruptions_before) over (
                partition by concept, subject_key, is_standing order by position
            ),
            false
        ) as is_after_interruption
    from standing

)

select * from settled
