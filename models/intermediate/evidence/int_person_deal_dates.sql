-- One row per person with a deal in the current cycle, with the moments that count.

with

person_deals as (

    select * from {{ ref('int_person_deals') }}
    where is_current

),

deals as (

    select * from {{ ref('int_deals') }}

),

contracts as (

    -- where contracts land, a deal is not done before its contract is signed
    select coalesce(max(case when is_landed then 1 else 0 end), 0) = 1 as is_landed
    from {{ ref('int_landed_facts') }}
    where fact = 'signed_contract'

),

standing as (

    select
        person_deals.person_key,
        person_deals.deal_id,
        person_deals.fact,
        person_deals.starts_at,
        person_deals.surely_starts_at,
        deals.contract_signed_at,
        case
            when not contracts.is_landed then person_deals.surely_starts_at
            when deals.contract_signed_at is not null
                then
                    greatest(
                        person_deals.surely_starts_at, deals.contract_surely_signed_at
                    )
        end as done_at,
        row_number() over (
            partition by person_deals.person_key
            order by
                case person_deals.fact when 'won' then 1 when 'open' then 2 else 3 end,
                person_deals.starts_at,
                person_deals.deal_id
        ) as deal_number
    from person_deals
    cross join contracts
    inner join deals on person_deals.deal_id = deals.deal_id
    where person_deals.ends_at is null

),

dates as (

    select
        person_key,
        min(deal_id) filter (where deal_number = 1) as deal_id,
        min(starts_at) filter (where fact = 'won') as won_at,
        min(surely_starts_at) filter (where fact = 'won') as surely_won_at,
        min(contract_signed_at) filter (where fact = 'won') as contract_signed_at,
        min(done_at) filter (where fact = 'won') as won_and_signed_at,
        min(starts_at) filter (where fact = 'open') as first_open_deal_at
    from standing
    group by person_key

)

select * from dates
