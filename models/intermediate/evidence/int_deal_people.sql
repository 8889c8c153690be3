-- One row per deal and person it can prove something for, directly or through the account.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as deal_key,
    cast(null as varchar) as deal_id,
    cast(null as bigint) as person_key,
    cast(null as varchar) as link_kind,
    cast(null as timestamp) as held_from
where false
