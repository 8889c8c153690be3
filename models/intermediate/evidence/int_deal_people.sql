-- One row per deal and person it can prove something for, directly or, one for each
-- stay of theirs, through the account they belonged to.

with

deals as (

    select * from {{ ref('int_deals') }}
    where is_new_business and not is_merged_away

),

links as (

    select * from {{ ref('int_deal_links') }}

),

people as (

    select * from {{ ref('int_people') }}

),

account_stays as (

    select * from {{ ref('int_person_account_stays') }}

),

direct as (

    select
        deals.deal_key,
        deals.deal_id,
        links.person_key,
        'direct' as link_kind,
        links.held_from,
        cast(null as timestamp) as held_to
    from links
    inner join deals on links.deal_id = deals.deal_id

),

people_with_deal as (

    select distinct person_key from direct  -- distinct: people may have several deals

),

through_account as (

    select
        deals.deal_key,
        deals.deal_id,
        people.person_key,
        'account' as link_kind,
        greatest(
            coalesce(deals.created_at, people.created_at),
            coalesce(people.created_at, deals.created_at),
            account_stays.valid_from
        ) as held_from,
        nullif(account_stays.valid_to, timestamp '9999-12-31') as held_to
    from people
    inner join account_stays on people.person_key = account_stays.person_key
    inner join deals on account_stays.account_id = deals.account_id
    left join people_with_deal on people.person_key = people_with_deal.person_key
    where
        people_with_deal.person_key is null
        and coalesce(deals.created_at < account_stays.valid_to, true)

)

select * from direct

union all

select * from through_account
