-- One row per stage and stretch of time in which its definition was in force.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as lifecycle_stage,
    cast(null as varchar) as stage_role,
    cast(null as varchar) as label,
    cast(null as varchar) as owner_team,
    cast(null as bigint) as stage_rank,
    cast(null as bigint) as max_days,
    cast(null as boolean) as is_off_funnel,
    cast(null as boolean) as is_required,
    cast(null as boolean) as is_terminal,
    cast(null as boolean) as is_acceptance,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_to
where false
