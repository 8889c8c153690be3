-- One row per rule, with its budget in force at as_of.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as rule_id,
    cast(null as varchar) as rule_code,
    cast(null as varchar) as family,
    cast(null as varchar) as subject_type,
    cast(null as varchar) as stage_role,
    cast(null as varchar) as severity,
    cast(null as varchar) as mode,
    cast(null as varchar) as owner_team,
    cast(null as varchar) as title,
    cast(null as varchar) as reason,
    cast(null as varchar) as remedy,
    cast(null as varchar) as evidence_scope,
    cast(null as varchar) as yields_to,
    cast(null as bigint) as wave,
    cast(null as double) as min_coverage_rate,
    cast(null as double) as amber_rate,
    cast(null as double) as red_rate,
    cast(null as boolean) as is_enabled,
    cast(null as boolean) as judges_bulk,
    cast(null as boolean) as is_repairable,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_to
where false
