-- One row per source system, object type and concept of which a history has landed,
-- whatever as_of is.

with

changes as (

    select * from {{ ref('int_changes_by_concept') }}

),

changes_later as (

    select * from {{ ref('int_changes_later') }}

),

-- Union takes rows once: a field changes often.
tracked as (

    select
        source_system,
        object_type,
        concept
    from changes
    union
    select
        source_system,
        object_type,
        concept
    from changes_later

)

select * from tracked
