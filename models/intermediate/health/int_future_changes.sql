-- One row per record or deal, field of a timeline and value that is dated after the
-- moment for which its source was loaded.

with

landed as (

    select * from {{ ref('int_changes_landed') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}
    where concept in ('lifecycle_stage', 'lead_status', 'owner', 'deal_stage')

),

sources as (

    select * from {{ ref('int_sources') }}

),

changes as (

    select
        landed.source_system,
        landed.object_type,
        landed.record_id,
        field_mappings.concept,
        landed.new_value,
        min(landed.changed_at) as changed_at
    from landed
    inner join field_mappings
        on
            landed.source_system = field_mappings.source_system
            and landed.object_type = field_mappings.object_type
            and landed.source_field = field_mappings.source_field
    inner join sources
        on
            landed.source_system = sources.source_system
            and landed.changed_at > sources.extracted_at
    group by
        landed.source_system,
        landed.object_type,
        landed.record_id,
        field_mappings.concept,
        landed.new_value

)

select * from changes
