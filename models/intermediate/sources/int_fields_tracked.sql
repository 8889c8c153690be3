-- One row per source system, object type and concept of which a history has landed,
-- whatever as_of is.

with

changes as (

    select * from {{ ref('int_concept_changes') }}

),

tracked as (

    -- distinct: a field changes often
    select distinct
        source_system,
        object_type,
        concept
    from changes

)

select * from tracked
