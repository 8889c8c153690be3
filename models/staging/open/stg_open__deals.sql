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
        {{ open_id("'user'", 'owner_id') }} as owner_id,
        {{ open_id("'deal'", 'merged_into_id') }} as merged_into_deal_id,
        nullif(trim(name), '') as deal_name,
        nullif(trim(pipeline), '') as pipeline,
        nullif(trim(deal_stage), '') as deal_stage_value,
        nullif(upper(trim(currency)), '') as currency,
        nullif(trim(lost_reason), '') as lost_reason_value,
        cast(round(amount * 100) as bigint) as amount_cents,
        is_closed,
        is_won,
        coalesce(is_deleted, false) as is_deleted,
        created_at,
        closed_at as close_date_at,
        _load_id as load_id
    from landed

)

select * from deals
