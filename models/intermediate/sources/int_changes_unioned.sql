-- One row per distinct landed change of a mapped field, none after as_of (record_id is a deal_id for deals).
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as source_system,
    cast(null as varchar) as object_type,
    cast(null as varchar) as record_id,
    cast(null as varchar) as concept,
    cast(null as varchar) as source_field,
    cast(null as varchar) as old_value,
    cast(null as varchar) as new_value,
    cast(null as varchar) as changed_by_id,
    cast(null as varchar) as change_source,
    cast(null as timestamp) as changed_at
where false
