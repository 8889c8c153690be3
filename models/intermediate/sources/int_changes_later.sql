-- One row per landed change of a field that carries a concept, dated after as_of: it
-- enters no timeline, but its old value is what the record held until then.

with

landed as (

    select * from {{ ref('int_changes_landed') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

changes as (

    select
        landed.source_system,
        landed.object_type,
        landed.record_id,
        field_mappings.concept,
        landed.source_field,
        {{ concept_value('field_mappings', 'landed.old_value') }} as old_value,
        {{ concept_value('field_mappings', 'landed.new_value') }} as new_value,
        landed.changed_by_id,
        landed.change_source,
        landed.changed_at,
        landed.known_by,
        landed.changed_after
    from landed
    inner join field_mappings
        on
            landed.source_system = field_mappings.source_system
            and landed.object_type = field_mappings.object_type
            and landed.source_field = field_mappings.source_field
    inner join as_of on landed.changed_at > as_of.as_of

)

select * from changes
