-- One row per deletion or return that is not a landed change, with its moment.

with

landed as (

    select * from {{ ref('int_deletions_landed') }}

),

loads as (

    select * from {{ ref('stg_meta__loads') }}

),

observed as (

    select * from {{ ref('int_deletions_observed') }}

),

-- HubSpot does not say when: at the latest when the connector saw it, and not after
-- the moment its load stands for. What the load itself marked was observed, not landed.
landed_dated as (

    select
        landed.source_system,
        landed.object_type,
        landed.record_id,
        landed.is_deleted,
        coalesce(landed.deleted_at, least(landed.seen_at, loads.extracted_at))
            as changed_at
    from landed
    left join loads on landed.load_id = loads.load_id
    left join observed
        on landed.record_id = observed.record_id and landed.load_id = observed.load_id
    where observed.record_id is null

),

deletions as (

    select
        source_system,
        object_type,
        record_id,
        is_deleted,
        changed_at
    from landed_dated
    union all
    select
        source_system,
        object_type,
        record_id,
        is_deleted,
        observed_at as changed_at
    from observed

)

select * from deletions
