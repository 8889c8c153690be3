-- One row per deal of an open-format source, deleted ones kept.

with

landed as (

    select * from {{ source('open', 'deals') }}

),

deals as (

    select
        source_system,
        {{ open_id("'deal'", 'deal_id') }} as deal_id,
        {{ open_id("'company'", 'company_id') }} as company_record_id,
        {{ open_id("'deal'", 'merged_into_id') }} as merged_into_deal_id,
        nullif(trim(name), '') as deal_name,
        nullif(upper(trim(currency)), '') as currency,
        is_closed,
        is_won,
        coalesce(is_deleted, false) as is_deleted,
        created_at,
        closed_at as close_date_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from deals
