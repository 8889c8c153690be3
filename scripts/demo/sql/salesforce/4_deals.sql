-- Opportunities, their two histories and their contact roles.

create or replace table salesforce_deals as
select
    deals.*,
    salesforce_id('006', deals.deal_id) as opportunity_id,
    salesforce_ids.account_id,
    salesforce_ids.contact_id,
    salesforce_deal_stages.stage_name,
    salesforce_deal_stages.probability
from deals
inner join salesforce_ids on deals.person_id = salesforce_ids.person_id
inner join salesforce_deal_stages on deals.deal_stage = salesforce_deal_stages.deal_stage;

create or replace view raw_salesforce_opportunity as
select
    opportunity_id as id, account_id, salesforce_id('005', seller_id) as owner_id,
    salesforce_id('012', case pipeline when 'default' then 1 when 'expansion' then 2
        else 3 end) as record_type_id,
    'Deal ' || deal_id as name,
    case pipeline when 'default' then 'New Business' when 'expansion' then 'Existing Business'
        else 'Renewal' end as type,
    stage_name, amount, probability, currency as currency_iso_code, is_closed, is_won,
    lost_reason as loss_reason_c, salesforce_id('005', seller_id) as created_by_id,
    opened_at as created_date,
    case when is_closed then closed_at
        else date_trunc('day', getvariable('as_of')) + interval 45 day end as close_date,
    last_moved_at as last_modified_date, last_moved_at as system_modstamp,
    false as is_deleted, false as _fivetran_deleted, synced() as _fivetran_synced
from salesforce_deals;

create or replace view raw_salesforce_record_type as
select salesforce_id('012', number) as id, 'Opportunity' as sobject_type, label as name,
    replace(label, ' ', '_') as developer_name, true as is_active,
    synced() as _fivetran_synced
from (values (1, 'New Business'), (2, 'Existing Business'), (3, 'Renewal'))
    as kind (number, label);

create or replace table salesforce_deal_moves as
select
    salesforce_deals.opportunity_id, salesforce_deals.seller_id, salesforce_deals.amount,
    salesforce_deals.deal_id, salesforce_deal_stages.stage_name,
    salesforce_deal_stages.probability, deal_moves.moved_at,
    lag(salesforce_deal_stages.stage_name) over deal as old_stage_name,
    lag(deal_moves.moved_at) over deal as moved_before_at,
    row_number() over deal as number
from deal_moves
inner join salesforce_deals on deal_moves.deal_id = salesforce_deals.deal_id
inner join salesforce_deal_stages on deal_moves.deal_stage = salesforce_deal_stages.deal_stage
window deal as (partition by deal_moves.deal_id order by deal_moves.moved_at,
    salesforce_deal_stages.probability);

-- A row is written for another amount too, though the stage stays what it was.
create or replace view raw_salesforce_opportunity_history as
select
    salesforce_id('008', deal_id * 20 + number) as id, opportunity_id, stage_name, amount,
    probability, salesforce_id('005', seller_id) as created_by_id, moved_at as created_date,
    moved_at as system_modstamp, false as is_deleted, synced() as _fivetran_synced
from salesforce_deal_moves
union all
select
    salesforce_id('008', deal_id * 20 + 10 + number), opportunity_id, old_stage_name,
    amount * 0.9, probability, salesforce_id('005', seller_id),
    date_trunc('second', moved_before_at + (moved_at - moved_before_at) / 2),
    date_trunc('second', moved_before_at + (moved_at - moved_before_at) / 2), false, synced()
from salesforce_deal_moves
where number = 2 and deal_id % 2 = 0;

create or replace view raw_salesforce_opportunity_field_history as
select
    salesforce_id('017', 800000000 + deal_id * 10 + number) as id, opportunity_id,
    'StageName' as field, 'DynamicEnum' as data_type, old_stage_name as old_value,
    stage_name as new_value, salesforce_id('005', seller_id) as created_by_id,
    moved_at as created_date, false as is_deleted, synced() as _fivetran_synced
from salesforce_deal_moves
where number > 1;

create or replace view raw_salesforce_opportunity_contact_role as
select
    salesforce_id('00K', deal_id) as id, opportunity_id, left(contact_id, 15) as contact_id,
    'Decision Maker' as role, true as is_primary, opened_at as created_date,
    opened_at as last_modified_date, opened_at as system_modstamp, false as is_deleted,
    synced() as _fivetran_synced
from salesforce_deals;

create or replace view raw_salesforce_opportunity_stage as
select
    salesforce_id('01J', 1000 + row_number() over (order by stage_name)) as id,
    stage_name as api_name, stage_name as master_label,
    stage_name like 'Closed%' as is_closed, stage_name = 'Closed Won' as is_won,
    probability as default_probability, true as is_active, synced() as _fivetran_synced
from salesforce_deal_stages
group by stage_name, probability;
