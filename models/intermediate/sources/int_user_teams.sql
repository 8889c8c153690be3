-- One row per user and stretch of time in one team (first stretch open to the past, last to the future).
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as user_id,
    cast(null as varchar) as team,
    cast(null as timestamp) as observed_from,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_to
where false
