-- One row per HubSpot engagement and associated deal.

with

landed as (

    select * from {{ source('hubspot', 'engagement_deal') }}

),

engagement_deals as (

    -- distinct: an association has a row for each of its labels
    select distinct
        {{ hubspot_id('engagement', 'engagement_id') }} as engagement_id,
        {{ hubspot_id('deal', 'deal_id') }} as deal_id
    from landed

)

select * from engagement_deals
