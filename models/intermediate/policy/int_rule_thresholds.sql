-- One row per rule, threshold, scope (null = any) and stretch of time.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as rule_code,
    cast(null as varchar) as threshold_name,
    cast(null as varchar) as lifecycle_stage,
    cast(null as varchar) as lead_source_group,
    cast(null as varchar) as segment,
    cast(null as double) as threshold_value,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_to
where false
