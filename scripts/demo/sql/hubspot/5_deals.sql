-- Deals: those of people whom sales works in HubSpot, and some opportunities mirrored by
-- the sync, a little late.

create or replace table hubspot_deals as
select
    deals.* exclude (opened_at, closed_at, last_moved_at),
    hubspot_contacts.contact_id,
    sides.side = 'both' as is_mirror,
    case
        when sides.side <> 'both' then null
        when deals.deal_id % 3 = 0 then salesforce_short_id('006', deals.deal_id)
        else salesforce_id('006', deals.deal_id)
    end as opportunity_id,
    case when sides.side = 'both' then sync_delay(deals.deal_id, 'mirror')
        else interval 0 second end as delay,
    deals.opened_at,
    deals.closed_at,
    deals.last_moved_at
from deals
inner join sides on deals.person_id = sides.person_id
inner join hubspot_contacts
    on deals.person_id = hubspot_contacts.person_id and hubspot_contacts.is_main
where
    sides.side = 'hubspot'
    or chance(deals.deal_id, 'mirrored') < 0.6
    and deals.last_moved_at < getvariable('as_of') - interval 1 hour;

create or replace view raw_hubspot_deal as
select deal_id, pipeline as deal_pipeline_id, deal_stage as deal_pipeline_stage_id,
    seller_id + 7000000 as owner_id, 'portal-1' as portal_id,
    'Deal ' || deal_id as property_dealname, currency as property_deal_currency_code,
    lost_reason as property_closed_lost_reason,
    case when not is_mirror then seller_id end as property_hs_created_by_user_id,
    amount as property_amount,
    is_closed as property_hs_is_closed, is_won as property_hs_is_closed_won,
    opportunity_id as property_hs_salesforceopportunityid,
    opened_at + delay as property_createdate,
    case when is_closed then closed_at
        else date_trunc('day', getvariable('as_of')) + interval 45 day
    end as property_closedate,
    last_moved_at + delay as property_hs_lastmodifieddate,
    false as is_deleted, false as _fivetran_deleted, synced() as _fivetran_synced
from hubspot_deals;

create or replace view raw_hubspot_deal_stage as
select deal_moves.deal_id, deal_moves.deal_stage as value,
    deal_moves.moved_at + hubspot_deals.delay as date_entered,
    case when hubspot_deals.is_mirror then 'SALESFORCE' else 'CRM_UI' end as source,
    case when hubspot_deals.is_mirror then 'salesforce-sync'
        else 'userId:' || deal_moves.seller_id end as source_id,
    deal_moves.moved_at + hubspot_deals.delay as _fivetran_start,
    deal_moves.is_current as _fivetran_active, synced() as _fivetran_synced
from deal_moves
inner join hubspot_deals on deal_moves.deal_id = hubspot_deals.deal_id;

create or replace view raw_hubspot_deal_contact as
select deal_id, contact_id, 3 as type_id, 'HUBSPOT_DEFINED' as category,
    synced() as _fivetran_synced
from hubspot_deals;

create or replace view raw_hubspot_deal_company as
select deal_id, company_id, 5 as type_id, 'HUBSPOT_DEFINED' as category,
    synced() as _fivetran_synced
from hubspot_deals;

create or replace view raw_hubspot_deal_pipeline as
select pipeline_id, label, true as active, display_order,
    getvariable('starts_at') as created_at, getvariable('starts_at') as updated_at,
    false as _fivetran_deleted, synced() as _fivetran_synced
from (values ('default', 'Sales pipeline', 0), ('expansion', 'Expansion', 1),
    ('renewals', 'Renewals', 2)) as pipeline (pipeline_id, label, display_order);

create or replace view raw_hubspot_deal_pipeline_stage as
select pipeline_id, stage_id, label, true as active, is_closed as closed_won, is_closed,
    display_order, probability, getvariable('starts_at') as created_at,
    getvariable('starts_at') as updated_at, false as _fivetran_deleted,
    synced() as _fivetran_synced
from (values
    ('default', 'appointmentscheduled', 'Appointment scheduled', false, 0, 0.2),
    ('default', 'qualifiedtobuy', 'Qualified to buy', false, 1, 0.4),
    ('default', 'presentationscheduled', 'Presentation scheduled', false, 2, 0.6),
    ('default', 'decisionmakerboughtin', 'Decision maker bought-in', false, 3, 0.8),
    ('default', 'contractsent', 'Contract sent', false, 4, 0.9),
    ('default', 'onhold', 'On hold', false, 5, 0.1),
    ('default', 'closedwon', 'Closed won', true, 6, 1.0),
    ('default', 'closedlost', 'Closed lost', true, 7, 0.0),
    ('expansion', 'expansion_open', 'Expansion in discussion', false, 0, 0.5),
    ('expansion', 'expansion_won', 'Expansion won', true, 1, 1.0),
    ('expansion', 'expansion_lost', 'Expansion lost', true, 2, 0.0),
    ('renewals', 'renewal_open', 'Renewal due', false, 0, 0.8),
    ('renewals', 'renewal_won', 'Renewed', true, 1, 1.0),
    ('renewals', 'renewal_lost', 'Not renewed', true, 2, 0.0)
) as stage (pipeline_id, stage_id, label, is_closed, display_order, probability);
