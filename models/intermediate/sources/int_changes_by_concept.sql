-- One row per landed change of a field that carries a concept, none after as_of.

with

hubspot_changes as (

    select * from {{ ref('int_hubspot_changes') }}

),

open_changes as (

    select * from {{ ref('stg_open__changes') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

unioned as (

    select
        'hubspot' as source_system,
        object_type,
        record_id,
        source_field,
        cast(null as varchar) as old_value,
        nullif(trim(new_value), '') as new_value,
        changed_by_id,
        change_source,
        changed_at
    from hubspot_changes

    union all

    select
        source_system,
        object_type,
        record_id,
        source_field,
        nullif(trim(old_value), '') as old_value,
        nullif(trim(new_value), '') as new_value,
        changed_by_id,
        change_source,
        changed_at
    from open_changes

),

mapped as (

    select
        unioned.*,
        field_mappings.concept,
        field_mappings.value_prefix,
        field_mappings.is_negated
    from unioned
    inner join field_mappings
        on
            unioned.source_system = field_mappings.source_system
            and unioned.object_type = field_mappings.object_type
            and unioned.source_field = field_mappings.source_field
    inner join as_of on unioned.changed_at <= as_of.as_of

),

changes as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        value_prefix || old_value as old_value,
        case
            when is_negated and new_value = 'true' then 'false'
            when is_negated and new_value = 'false' then 'true'
            else value_prefix || new_value
        end as new_value,
        changed_by_id,
        change_source,
        changed_at
    from mapped

)

select * from changes
