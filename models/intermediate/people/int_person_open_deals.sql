-- One row per person with open deals of their own, with how many there are.

with

open_deals as (

    select * from {{ ref('int_deals') }}
    where
        deal_role in ('open', 'offer', 'paused')
        and pipeline_kind != 'ignored'
        and not is_deleted
        and not is_merged_away

),

links as (

    select * from {{ ref('int_deal_links') }}

),

people as (

    select
        links.person_key,
        count(*) as open_deal_count
    from links
    inner join open_deals on links.deal_id = open_deals.deal_id
    group by links.person_key

)

select * from people
