-- One row per rule and subject it looked at, after the reasons that all rules share.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as rule_code,
    cast(null as varchar) as rule_id,
    cast(null as varchar) as subject_type,
    cast(null as bigint) as subject_key,
    cast(null as varchar) as verdict,
    cast(null as varchar) as reason,
    cast(null as varchar) as evidence,
    cast(null as boolean) as is_repaired,
    cast(null as timestamp) as judged_at,
    cast(null as timestamp) as occurred_at
where false
