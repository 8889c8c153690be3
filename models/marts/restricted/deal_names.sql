-- One row per deal that has a name.

with

deals as (

    select * from {{ ref('fct_deals') }}

),

landed as (

    select * from {{ ref('int_deals_unioned') }}

),

named as (

    select
        deals.deal_id,
        landed.deal_name as name
    from deals
    inner join landed on deals.deal_id = landed.deal_id
    where landed.deal_name is not null

)

select * from named
