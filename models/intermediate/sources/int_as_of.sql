-- One row per build (exactly one row).
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as time_zone,
    cast(null as timestamp) as as_of
where false
