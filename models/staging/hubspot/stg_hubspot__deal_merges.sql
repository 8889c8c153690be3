-- One row per HubSpot deal merged into another.

with

landed as (

    select * from {{ source('hubspot', 'merged_deal') }}

),

deal_merges as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as deal_id,
        {{ hubspot_id('deal', 'merged_deal_id') }} as merged_deal_id
    from landed

)

select * from deal_merges
