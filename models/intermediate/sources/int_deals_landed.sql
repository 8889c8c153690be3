-- One row per deal that is landed, deleted ones kept.

with

hubspot_deals as (

    select * from {{ ref('int_hubspot_deals') }}

),

open_deals as (

    select * from {{ ref('stg_open__deals') }}

),

deals as (

    select * from hubspot_deals
    union all
    select
        deal_id,
        source_system,
        deal_name,
        pipeline,
        deal_stage_value,
        currency,
        lost_reason_value,
        company_record_id,
        owner_id,
        cast(null as varchar) as created_by_id,
        cast(null as varchar) as crm_url,
        amount_cents,
        is_closed,
        is_won,
        created_at,
        close_date_at
    from open_deals

)

select * from deals
