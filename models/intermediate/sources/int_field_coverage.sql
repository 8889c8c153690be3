-- One row per source system, object type and concept.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as source_system,
    cast(null as varchar) as object_type,
    cast(null as varchar) as concept,
    cast(null as boolean) as has_changes,
    cast(null as timestamp) as coverage_from
where false
