-- One row per deal that is landed, deleted ones kept, with what it holds of each
-- concept today.

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

held as (

    select * from {{ ref('int_record_values_held') }}
    where object_type = 'deal'

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
        is_closed,
        is_won,
        created_at,
        close_date_at
    from open_deals

),

deals as (

    select
        unioned.deal_id,
        unioned.source_system,
        unioned.deal_name,
        held.pipeline,
        held.deal_stage_value,
        unioned.currency,
        held.rejection_reason_value as lost_reason_value,
        unioned.company_record_id,
        held.owner_id,
        unioned.created_by_id,
        unioned.crm_url,
        held.amount_cents,
        unioned.is_closed,
        unioned.is_won,
        unioned.created_at,
        unioned.close_date_at
    from unioned
    left join held on unioned.deal_id = held.record_id

)

select * from deals
