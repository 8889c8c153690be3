-- One row per deletion or return that is not a landed change, with its moment.
{{ config(materialized='view') }} -- read once

with

landed as (

    select * from {{ ref('int_deletions_landed') }}

),

loads as (

    select * from {{ ref('stg_meta__loads') }}

),

observed_deletions as (

    select * from {{ ref('stg_meta__observed_deletions') }}

),

-- HubSpot does not say when: at the latest when the connector saw it, and not after the
-- moment that the load stands for.
landed_dated as (

    select
        landed.source_system,
        landed.object_type,
        landed.record_id,
        true as is_deleted,
        coalesce(landed.deleted_at, least(landed.seen_at, loads.extracted_at))
            as changed_at
    from landed
    left join loads on landed.load_id = loads.load_id

),

observed_dated as (

    select
        source_system,
        case table_name
            when 'records' then lower(split_part(key_value, '|', 1))
            when 'deals' then 'deal'
            else table_name
        end as object_type,
        case table_name
            when 'records' then trim(split_part(key_value, '|', 2))
            when 'deals' then trim(key_value)
            else split_part(trim(key_value), '.', 1)
        end as native_id,
        is_deleted,
        observed_at
    from observed_deletions
    where table_name in ('contact', 'company', 'deal', 'records', 'deals')

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
        source_system || ':' || object_type || ':' || native_id as record_id,
        is_deleted,
        observed_at as changed_at
    from observed_dated

)

select * from deletions
