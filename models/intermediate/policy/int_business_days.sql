-- One row per local date from the first event to a year after as_of, with working minutes before it opens.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as minutes_before,
    cast(null as boolean) as is_open,
    cast(null as date) as local_date,
    cast(null as timestamp) as opens_at,
    cast(null as timestamp) as closes_at
where false
