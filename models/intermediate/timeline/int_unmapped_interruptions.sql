-- One row per unmapped change that stands between two equal values of a timeline.

with

changes as (

    select * from {{ ref('int_changes_ordered') }}
    where not is_interruption

),

subjects as (

    -- distinct: a subject may have many
    select distinct
        concept,
        subject_key
    from changes
    where stated_value = 'unmapped'

),

concerned as (

    select
        changes.*,
        first_value(changes.stated_value) over (
            partition by changes.concept, changes.subject_key, changes.changed_at
            order by changes.position desc
        ) as last_of_moment,
        case when changes.stated_value = 'unmapped' then 0 else 1 end as known_count
    from changes
    inner join subjects
        on
            changes.concept = subjects.concept
            and changes.subject_key = subjects.subject_key

),

numbered as (

    select
        *,
        sum(known_count) over (
            partition by concept, subject_key order by position
            rows between unbounded preceding and current row
        ) as known_number,
        sum(known_count) over (
            partition by concept, subject_key order by position desc
            rows between unbounded preceding and current row
        ) as known_after_number
    from concerned

),

between_values as (

    select
        *,
        first_value(stated_value) over (
            partition by concept, subject_key, known_number order by position
        ) as value_before,
        first_value(stated_value) over (
            partition by concept, subject_key, known_after_number
            order by position desc
        ) as value_after,
        -- what the moment of that value comes to
        first_value(last_of_moment) over (
            partition by concept, subject_key, known_after_number
            order by position desc
        ) as value_left_after
    from numbered

)

select
    concept,
    subject_key,
    position
from between_values
where
    stated_value = 'unmapped'
    and value_before <> 'unmapped'
    and value_before in (value_after, value_left_after)
