-- One row per row of field_mappings whose source lands no such field, neither today's
-- value nor any history. Nothing is built on it, so a finding here blocks nothing.

with

field_mappings as (

    select
        *,
        {{ field_key('source_field') }} as field_name
    from {{ ref('field_mappings') }}
    where not is_optional and source_system <> 'any'

),

sources as (

    select * from {{ ref('int_sources') }}

),

load_fields as (

    select * from {{ ref('int_load_fields') }}

),

changes as (

    select * from {{ ref('int_changes_landed') }}

),

landed as (

    select
        source_system,
        object_type,
        source_field
    from load_fields
    union
    select
        changes.source_system,
        changes.object_type,
        changes.source_field
    from changes
    inner join field_mappings
        on
            changes.source_system = field_mappings.source_system
            and changes.object_type = field_mappings.object_type
            and changes.source_field = field_mappings.field_name

),

missing as (

    select
        field_mappings.source_system,
        field_mappings.object_type,
        field_mappings.source_field,
        field_mappings.concept,
        'seeds/{{ env_var("LIFECYCLE_POLICY", "b2b") }}/field_mappings.csv, row '
        || field_mappings.source_system || ',' || field_mappings.object_type || ','
        || field_mappings.source_field || ',' || field_mappings.concept
        || ': ' || field_mappings.source_system || ' has landed no field '
        || field_mappings.source_field || ' on ' || field_mappings.object_type
        || '; correct its name, have the connector or the export bring it, or set '
        || 'is_optional to true' as message
    from field_mappings
    inner join sources on field_mappings.source_system = sources.source_system
    left join landed
        on
            field_mappings.source_system = landed.source_system
            and field_mappings.object_type = landed.object_type
            and field_mappings.field_name = landed.source_field
    where landed.source_field is null

)

select * from missing
