-- One row per record or deal and concept (and what it applies to) that it holds today.

with

fields as (

    select * from {{ ref('int_fields_landed') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

held as (

    select
        fields.source_system,
        fields.object_type,
        fields.record_id,
        field_mappings.concept,
        field_mappings.applies_to,
        fields.source_field,
        {{ concept_value('field_mappings', 'fields.value') }} as value,
        field_mappings.is_shared
    from fields
    inner join field_mappings
        on
            fields.source_system = field_mappings.source_system
            and fields.object_type = field_mappings.object_type
            and fields.source_field = field_mappings.source_field
    where field_mappings.concept <> 'is_deleted'

),

-- Several fields may hold one concept: a no outweighs a yes, else the first by name.
chosen as (

    select *
    from held
    where is_shared and value is not null
    qualify
        row_number() over (
            partition by record_id, concept, applies_to
            order by
                case when value = 'false' then 0 else 1 end, source_field
        ) = 1

),

concepts as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        applies_to,
        source_field,
        value
    from held
    where not is_shared and value is not null
    union all
    select
        source_system,
        object_type,
        record_id,
        concept,
        applies_to,
        source_field,
        value
    from chosen

)

select * from concepts
