-- One row per source system that has loaded anything.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_kind,
    cast(null as timestamp) as extracted_at,
    cast(null as boolean) as is_stale
where false
