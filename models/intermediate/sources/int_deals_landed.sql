-- One row per deal that is landed, deleted ones kept.

with

hubspot_deals as (

    select * from {{ ref('int_hubspot_deals') }}

),

salesforce_deals as (

    select * from {{ ref('int_salesforce_deals') }}

),

open_deals as (

    select * from {{ ref('stg_open__deals') }}

),

unioned as (

    select * from hubspot_deals
    union all
    select * from salesforce_deals
    union all
    select
        deal_id,
        source_system,
        deal_name,
        currency,
        company_record_id,
        cast(null as varchar) as created_by_id,
        cast(null as varchar) as crm_url,
        false as is_closed_in_stage,
        is_closed,
        is_won,
        created_at,
        close_date_at
    from open_deals

),

days as (

    select
        *,
        {{ day_of('close_date_at') }} as close_day
    from unioned

),

deals as (

    select
        days.deal_id,
        days.source_system,
        days.deal_name,
        days.currency,
        days.company_record_id,
        days.created_by_id,
        days.crm_url,
        days.is_closed_in_stage,
        days.is_closed or days.is_won as is_closed,
        days.is_won,
        days.close_day is not null as is_close_day,
        days.created_at,
        coalesce({{ local_midnight('days.close_day') }}, days.close_date_at)
            as close_date_at
    from days

)

select * from deals
