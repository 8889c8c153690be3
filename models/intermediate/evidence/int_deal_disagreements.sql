-- One row per deal that is won or lost by the policy and not by the flags of its CRM.

with

deals as (

    select * from {{ ref('int_deals') }}
    where deal_role in ('won', 'lost')

),

landed as (

    select * from {{ ref('int_deals_landed') }}
    where is_closed is not null

),

at_as_of as (

    select * from {{ ref('int_deals_at_as_of') }}

),

flagged as (

    select
        deals.deal_id,
        deals.deal_stage,
        deals.deal_role,
        case
            when not landed.is_closed then 'open'
            when landed.is_won then 'won'
            else 'lost'
        end as flag_role
    from deals
    inner join landed on deals.deal_id = landed.deal_id
    inner join at_as_of on deals.deal_id = at_as_of.deal_id
    where not at_as_of.is_closed_later

)

select * from flagged
where deal_role <> flag_role
