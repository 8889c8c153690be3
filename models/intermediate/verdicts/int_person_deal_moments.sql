-- One row per deal and person it proves something for, with when it was open and won.

with

deal_people as (

    select * from {{ ref('int_deal_people') }}

),

deals as (

    select * from {{ ref('int_deals') }}
    where not is_deleted

),

moments as (

    select
        deal_people.person_key,
        deals.deal_key,
        greatest(deal_people.held_from, deals.created_at) as opened_at,
        case
            when deals.won_at is not null
                then greatest(deal_people.held_from, deals.won_at)
        end as won_at
    from deal_people
    inner join deals
        on deal_people.deal_key = deals.deal_key

)

select * from moments
