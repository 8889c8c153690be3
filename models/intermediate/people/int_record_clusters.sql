-- One row per record, with the cluster (person or account) it belongs to.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as record_id,
    cast(null as varchar) as cluster_kind,
    cast(null as varchar) as cluster_id,
    cast(null as varchar) as link_kind,
    cast(null as bigint) as cluster_key,
    cast(null as timestamp) as linked_at
where false
