-- One row per record or deal and concept (and what it applies to) that it holds today.

with

fields as (

    select * from {{ ref('int_fields_landed') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

user_names as (

    select * from {{ ref('int_user_names') }}

),

read as (

    select
        fields.source_system,
        fields.object_type,
        fields.record_id,
        field_mappings.concept,
        field_mappings.applies_to,
        fields.source_field,
        {{ concept_value('field_mappings', 'fields.value') }} as value,
        case
            when field_mappings.concept = 'owner' then trim(fields.value)
        end as told_owner,
        field_mappings.is_shared
    from fields
    inner join field_mappings
        on
            fields.source_system = field_mappings.source_system
            and fields.object_type = field_mappings.object_type
            and fields.source_field = field_mappings.source_field
    where field_mappings.concept <> 'is_deleted'

),

-- An owner told by name or address is the one that users know by it.
held as (

    select
        read.source_system,
        read.object_type,
        read.record_id,
        read.concept,
        read.applies_to,
        read.source_field,
        coalesce(user_names.user_id, read.value) as value,
        case
            when user_names.user_id is null and read.value like '%:named-%'
                then read.told_owner
        end as owner_name,
        read.is_shared
    from read
    left join user_names on read.value = user_names.named_id

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
        value,
        owner_name
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
        value,
        owner_name
    from chosen

)

select * from concepts
