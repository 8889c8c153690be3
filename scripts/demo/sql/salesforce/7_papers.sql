-- Quotes, contracts and orders.

create or replace view raw_salesforce_quote as
select
    salesforce_id('0Q0', quotes.deal_id) as id,
    salesforce_id('006', quotes.deal_id) as opportunity_id,
    case when contracts.told_by = 'quote' then salesforce_id('800', contracts.deal_id) end
        as contract_id,
    'Quote ' || quotes.deal_id as name,
    case when quotes.is_sent then 'Presented' else 'Draft' end as status,
    quotes.amount as grand_total,
    salesforce_id('005', quotes.seller_id) as created_by_id,
    quotes.made_at as created_date, quotes.made_at as last_modified_date,
    quotes.made_at as system_modstamp, false as is_deleted,
    false as _fivetran_deleted, synced() as _fivetran_synced
from quotes
left join contracts on quotes.deal_id = contracts.deal_id;

create or replace view raw_salesforce_contract as
select
    salesforce_id('800', contracts.deal_id) as id,
    salesforce_deals.account_id,
    case when contracts.told_by = 'contract' then salesforce_deals.opportunity_id end
        as opportunity_id,
    case when contracts.signed_on is null then 'In Approval Process' else 'Activated' end
        as status,
    contracts.signed_on as customer_signed_date,
    salesforce_id('005', contracts.seller_id) as created_by_id,
    contracts.drafted_at as created_date,
    greatest(contracts.won_at, contracts.signed_on) as last_modified_date,
    greatest(contracts.won_at, contracts.signed_on) as system_modstamp, false as is_deleted,
    false as _fivetran_deleted, synced() as _fivetran_synced
from contracts
inner join salesforce_deals on contracts.deal_id = salesforce_deals.deal_id;

create or replace view raw_salesforce_order as
select
    salesforce_id('801', contracts.deal_id) as id,
    salesforce_deals.account_id, salesforce_deals.opportunity_id,
    salesforce_id('800', contracts.deal_id) as contract_id,
    'New' as type,
    case when contracts.signed_on is null then 'Draft' else 'Activated' end as status,
    case when contracts.signed_on is not null then contracts.won_at end as activated_date,
    salesforce_deals.amount as total_amount, contracts.won_at as created_date,
    contracts.won_at as last_modified_date, contracts.won_at as system_modstamp,
    false as is_reduction_order, false as is_deleted, false as _fivetran_deleted,
    synced() as _fivetran_synced
from contracts
inner join salesforce_deals on contracts.deal_id = salesforce_deals.deal_id
where contracts.told_by = 'order';
