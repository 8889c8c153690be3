-- One row per landed change of a field that carries a concept, none after as_of.
{{ config(materialized='view') }} -- one comparison

with

changes as (

    select * from {{ ref('int_concept_changes') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select changes.*
    from changes
    inner join as_of on changes.changed_at <= as_of.as_of

)

select * from dated
