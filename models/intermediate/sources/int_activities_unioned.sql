-- One row per activity and record, none after as_of.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as activity_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as record_id,
    cast(null as varchar) as deal_id,
    cast(null as varchar) as activity_type,
    cast(null as varchar) as direction,
    cast(null as varchar) as asset,
    cast(null as varchar) as actor_id,
    cast(null as varchar) as campaign_id,
    cast(null as timestamp) as occurred_at
where false
