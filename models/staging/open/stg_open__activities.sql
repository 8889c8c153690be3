-- One row per activity of an open-format source.

with

landed as (

    select * from {{ source('open', 'activities') }}

),

activities as (

    select
        source_system,
        {{ open_id("'activity'", 'activity_id') }} as activity_id,
        {{ open_key('record_id') }} as native_record_id,
        {{ open_id("'deal'", 'deal_id') }} as deal_id,
        {{ open_user_id('actor_id') }} as actor_id,
        nullif(trim(activity_type), '') as activity_type,
        nullif(lower(trim(direction)), '') as direction_value,
        nullif(trim(campaign_id), '') as campaign_id,
        nullif(trim(asset), '') as asset,
        occurred_at
    from landed

)

select * from activities
