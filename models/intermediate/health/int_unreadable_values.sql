-- One row per field that carries a concept and holds, or held, a value that cannot be
-- read as what the concept is, with how often.

with

fields as (

    select * from {{ ref('int_fields_landed') }}

),

changes as (

    select * from {{ ref('int_changes_landed') }}

),

-- Any text is a value of the other concepts.
field_mappings as (

    select * from {{ ref('int_field_mappings') }}
    where
        value_kind in ('truth', 'count', 'number')
        or value_prefix <> ''
        or concept = 'stage_date'

),

told as (

    select
        source_system,
        object_type,
        source_field,
        value
    from fields
    union all
    select
        source_system,
        object_type,
        source_field,
        new_value
    from changes

),

read as (

    select
        told.source_system,
        told.object_type,
        told.source_field,
        field_mappings.concept,
        field_mappings.applies_to,
        told.value,
        {{ concept_value('field_mappings', 'told.value') }} as read_value
    from told
    inner join field_mappings
        on
            told.source_system = field_mappings.source_system
            and told.object_type = field_mappings.object_type
            and told.source_field = field_mappings.source_field
    where trim(told.value) <> ''

),

unreadable as (

    select * from read
    where
        read_value is null
        or (concept = 'stage_date' and {{ try_moment_of('read_value') }} is null)

),

-- A field that holds the dates of several stages is one field.
counted as (

    select
        source_system,
        object_type,
        source_field,
        concept,
        applies_to,
        count(*) as unreadable_count
    from unreadable
    group by source_system, object_type, source_field, concept, applies_to

)

select
    source_system,
    object_type,
    source_field,
    concept,
    max(unreadable_count) as unreadable_count
from counted
group by source_system, object_type, source_field, concept
