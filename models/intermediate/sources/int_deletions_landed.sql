-- One row per moment at which versions of a record or deal say that it was deleted or
-- that it came back.

with

versions as (

    select
        *,
        least(synced_at, seen_at) as known_at
    from {{ ref('int_record_versions') }}

),

turns as (

    select
        *,
        lag(is_deleted, 1, false) over in_order as was_deleted,
        lag(deleted_at) over in_order as gone_at,
        lag(seen_at) over in_order as seen_before_at,
        lag(synced_at) over in_order as synced_before_at,
        lag(known_at) over in_order as known_before_at
    from versions
    window in_order as (
        partition by record_id
        order by coalesce(updated_at, seen_at), seen_at, load_id, is_deleted
    )

),

-- Nobody dates a return. A change after the record was gone shows that it was back.
returns as (

    select
        *,
        case
            when updated_at > coalesce(gone_at, known_before_at) then updated_at
            else known_at
        end as back_at
    from turns
    where was_deleted and not is_deleted

),

deletions as (

    select
        source_system,
        object_type,
        record_id,
        load_id,
        is_deleted,
        deleted_at,
        known_at,
        -- what only the connector flagged was still there when it was last changed
        greatest(
            case
                when seen_before_at <= known_at then seen_before_at
                else known_before_at
            end,
            updated_at
        ) as last_seen_at
    from turns
    where is_deleted and not was_deleted
    union all
    select
        source_system,
        object_type,
        record_id,
        load_id,
        is_deleted,
        cast(null as timestamp) as deleted_at,
        back_at as known_at,
        -- Seen by a load or by the connector, whichever came last, however delivered.
        coalesce(
            greatest(
                case when seen_before_at <= back_at then seen_before_at end,
                case when synced_before_at <= back_at then synced_before_at end
            ),
            gone_at
        ) as last_seen_at
    from returns

)

select * from deletions
