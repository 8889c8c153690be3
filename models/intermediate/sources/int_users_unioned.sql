-- One row per user or owner of a source system, by the id that owner fields and actors resolve to.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as user_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as full_name,
    cast(null as varchar) as email,
    cast(null as varchar) as source_team,
    cast(null as varchar) as team,
    cast(null as varchar) as user_kind,
    cast(null as boolean) as is_active
where false
