-- One row per Salesforce opportunity, in the columns that all deals share.

with

opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}

),

urls as (

    select * from {{ ref('int_salesforce_urls') }}

),

shared as (

    select
        opportunities.deal_id,
        'salesforce' as source_system,
        opportunities.deal_name,
        opportunities.currency,
        opportunities.company_record_id,
        opportunities.created_by_id,
        urls.record_url || split_part(opportunities.deal_id, ':', 3) as crm_url,
        true as is_closed_in_stage,
        opportunities.is_closed,
        opportunities.is_won,
        opportunities.created_at,
        opportunities.close_date_at
    from opportunities
    cross join urls

)

select * from shared
