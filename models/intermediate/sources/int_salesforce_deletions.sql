-- One row per moment at which versions of a Salesforce record or deal say that it was
-- deleted or that it came back.

with

versions as (

    select * from {{ ref('int_salesforce_versions') }}

),

turns as (

    select
        *,
        lag(is_deleted, 1, false) over (
            partition by record_id
            order by coalesce(updated_at, seen_at), seen_at, load_id, is_deleted
        ) as was_deleted,
        lag(updated_at) over (
            partition by record_id
            order by coalesce(updated_at, seen_at), seen_at, load_id, is_deleted
        ) as updated_before_at
    from versions

),

-- What was flagged without a change in Salesforce, the connector flagged: when is not
-- landed, and the moment it was seen is the latest that it can have been.
deletions as (

    select
        object_type,
        record_id,
        load_id,
        is_deleted,
        case
            when is_deleted and deleted_at is null then null
            when coalesce(updated_at <> updated_before_at, true) then updated_at
        end as deleted_at,
        coalesce(synced_at, seen_at) as seen_at
    from turns
    where is_deleted <> was_deleted

)

select * from deletions
