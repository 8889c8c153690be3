-- One row per person and cycle.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as person_key,
    cast(null as bigint) as cycle_number,
    cast(null as timestamp) as starts_at,
    cast(null as timestamp) as ends_at
where false
