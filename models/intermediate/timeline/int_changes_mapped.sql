-- One row per landed or synthetic change of a timeline concept, mapped and classified, per record.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as change_key,
    cast(null as varchar) as concept,
    cast(null as varchar) as source_system,
    cast(null as varchar) as object_type,
    cast(null as varchar) as record_id,
    cast(null as varchar) as mapped_value,
    cast(null as varchar) as source_value,
    cast(null as varchar) as old_source_value,
    cast(null as varchar) as actor_id,
    cast(null as varchar) as actor_kind,
    cast(null as varchar) as change_source,
    cast(null as varchar) as event_kind,
    cast(null as varchar) as decision,
    cast(null as varchar) as stage_role,
    cast(null as bigint) as stage_rank,
    cast(null as bigint) as tie_rank,
    cast(null as boolean) as is_bulk,
    cast(null as boolean) as is_inferred,
    cast(null as timestamp) as changed_at
where false
