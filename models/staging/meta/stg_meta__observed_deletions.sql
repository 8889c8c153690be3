-- One row per key seen to vanish from, or to return to, a complete load.

with

landed as (

    select * from {{ source('meta', 'observed_deletions') }}

),

observed_deletions as (

    select
        source as source_system,
        table_name,
        key_value,
        load_id,
        is_deleted,
        observed_at
    from landed

)

select * from observed_deletions
