-- One row per landed change of any field of any source.
{{ config(materialized='view') }} -- read once

with

hubspot_changes as (

    select * from {{ ref('int_hubspot_changes') }}

),

salesforce_changes as (

    select * from {{ ref('int_salesforce_changes') }}

),

open_changes as (

    select * from {{ ref('stg_open__changes') }}

),

changes as (

    select
        'hubspot' as source_system,
        object_type,
        record_id,
        {{ field_key('source_field') }} as source_field,
        cast(null as varchar) as old_value,
        nullif(trim(new_value), '') as new_value,
        changed_by_id,
        change_source,
        changed_at,
        'history' as known_by,
        cast(null as timestamp) as changed_after
    from hubspot_changes

    union all

    select
        'salesforce' as source_system,
        object_type,
        record_id,
        {{ field_key('source_field') }} as source_field,
        nullif(trim(old_value), '') as old_value,
        nullif(trim(new_value), '') as new_value,
        changed_by_id,
        change_source,
        changed_at,
        'history' as known_by,
        cast(null as timestamp) as changed_after
    from salesforce_changes

    union all

    select
        source_system,
        object_type,
        record_id,
        {{ field_key('source_field') }} as source_field,
        nullif(trim(old_value), '') as old_value,
        nullif(trim(new_value), '') as new_value,
        changed_by_id,
        change_source,
        changed_at,
        'history' as known_by,
        cast(null as timestamp) as changed_after
    from open_changes

)

select * from changes
