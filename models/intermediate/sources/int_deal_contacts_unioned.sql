-- One row per deal and record it is associated with.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as deal_id,
    cast(null as varchar) as record_id,
    cast(null as boolean) as is_primary
where false
