-- Quotes and contracts of the deals in Salesforce. A deal is done when its contract is signed,
-- on the day on which it is won, if no plant says otherwise.

create or replace table quotes as
select
    deals.deal_id,
    deals.seller_id,
    deals.amount,
    max(deal_moves.deal_stage = 'contractsent') as is_sent,
    max(deal_moves.moved_at) as made_at
from deals
inner join salesforce_ids on deals.person_id = salesforce_ids.person_id
inner join deal_moves on deals.deal_id = deal_moves.deal_id
where
    deal_moves.deal_stage = 'contractsent'
    -- a draft that nobody has seen yet
    or deals.deal_stage = 'decisionmakerboughtin'
    and deal_moves.deal_stage = 'decisionmakerboughtin'
group by deals.deal_id, deals.seller_id, deals.amount;

create or replace table contracts as
select
    deals.deal_id,
    deals.seller_id,
    greatest(deals.opened_at, deals.closed_at - interval 1 day) as drafted_at,
    deals.closed_at as won_at,
    case
        when people.variant = 'signed_4_days'
            then date_trunc('day', getvariable('as_of') - interval 4 day)
        when people.variant = 'signed_2_days' and people.person_id % 2 = 0 then null
        when people.variant = 'signed_2_days'
            then date_trunc('day', getvariable('as_of') - interval 2 day)
        -- A day speaks against nobody before it is over: here the winning comes last.
        when people.variant in ('won_3_days_1_second', 'won_3_days')
            then date_trunc('day', deals.closed_at - interval 1 day)
        else date_trunc('day', deals.closed_at)
    end as signed_on,
    -- where it says whose it is: on itself, on the quote, or on the order
    ['contract', 'quote', 'order'][1 + deals.deal_id % 3] as told_by
from deals
inner join people on deals.person_id = people.person_id
inner join salesforce_ids on deals.person_id = salesforce_ids.person_id
where deals.pipeline = 'default' and deals.is_won;

create or replace table truth_papers as
select
    'salesforce:deal:' || salesforce_id('006', coalesce(quotes.deal_id, contracts.deal_id))
        as deal_id,
    case when quotes.is_sent then quotes.made_at end as offer_sent_at,
    contracts.signed_on as contract_signed_at
from quotes
full join contracts on quotes.deal_id = contracts.deal_id;
