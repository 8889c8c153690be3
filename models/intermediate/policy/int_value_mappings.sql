-- One row per concept, source system, source value and stretch of time (any-source rows spread over the loaded sources, the source's own row wins).
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as concept,
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_value_key,
    cast(null as varchar) as value,
    cast(null as varchar) as decision,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_to
where false
