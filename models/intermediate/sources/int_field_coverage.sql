-- One row per source system, object type and concept.

with

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

changes as (

    select * from {{ ref('int_changes_unioned') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

deals as (

    select * from {{ ref('int_deals_landed') }}

),

births as (

    select
        record_id,
        created_at
    from records
    union all
    select
        deal_id,
        created_at
    from deals

),

-- A change dated before its own record says nothing about when tracking began, nor does
-- one that no history tells.
observed as (

    select
        changes.source_system,
        changes.object_type,
        changes.concept,
        min(changes.changed_at) filter (
            where births.created_at is null or changes.changed_at >= births.created_at
        ) as first_change_at
    from changes
    left join births on changes.record_id = births.record_id
    where changes.known_by = 'history'
    group by changes.source_system, changes.object_type, changes.concept

),

stated as (

    select
        source_system,
        object_type,
        concept,
        min(stated_coverage_from) as stated_coverage_from
    from field_mappings
    group by source_system, object_type, concept

),

coverage as (

    select
        coalesce(stated.source_system, observed.source_system) as source_system,
        coalesce(stated.object_type, observed.object_type) as object_type,
        coalesce(stated.concept, observed.concept) as concept,
        observed.source_system is not null as has_changes,
        coalesce(stated.stated_coverage_from, observed.first_change_at) as coverage_from
    from stated
    full outer join observed
        on
            stated.source_system = observed.source_system
            and stated.object_type = observed.object_type
            and stated.concept = observed.concept

)

select * from coverage
