-- One row per record or deal that has timelines.

with

records as (

    select * from {{ ref('int_records_unioned') }}

),

deals as (

    select * from {{ ref('int_deals_unioned') }}

),

together as (

    select
        record_id,
        source_system,
        object_type,
        created_by_id,
        owner_id as owner_value,
        lifecycle_stage_value,
        case when object_type <> 'company' then lead_status_value end
            as lead_status_value,
        cast(null as varchar) as deal_stage_value,
        merged_into_record_id is not null as is_merged_away,
        is_deleted,
        created_at,
        merged_at
    from records

    union all

    select
        deal_id,
        source_system,
        'deal',
        created_by_id,
        owner_id,
        null,
        null,
        deal_stage_value,
        merged_into_deal_id is not null,
        is_deleted,
        created_at,
        cast(null as timestamp)
    from deals

),

keyed as (

    select
        row_number() over (order by record_id) as record_key,
        *
    from together

)

select * from keyed
