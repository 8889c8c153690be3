-- One row per landed change of a field that carries a concept, none after as_of.

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

mapped as (

    select
        landed.*,
        field_mappings.concept,
        field_mappings.value_prefix,
        field_mappings.is_negated
    from landed
    inner join field_mappings
        on
            landed.source_system = field_mappings.source_system
            and landed.object_type = field_mappings.object_type
            and landed.source_field = field_mappings.source_field
    inner join as_of on landed.changed_at <= as_of.as_of

),

changes as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        {{ concept_value('concept', 'old_value', 'value_prefix', 'is_negated') }}
            as old_value,
        {{ concept_value('concept', 'new_value', 'value_prefix', 'is_negated') }}
            as new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from mapped

)

select * from changes
