-- One row per superseded version of a deal of an open-format source.

with

landed as (

    select * from {{ source('open_history', 'deals_history') }}

),

deal_versions as (

    select
        source_system,
        {{ open_id("'deal'", 'deal_id') }} as record_id,
        coalesce(is_deleted, false) as is_deleted,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from deal_versions
