-- Calls and some of the meetings of people whom sales works in Salesforce.

create or replace table salesforce_engagements as
select engagements.*, salesforce_ids.lead_id, salesforce_ids.contact_id, sides.converted_at
from engagements
inner join sides on engagements.person_id = sides.person_id
inner join salesforce_ids on engagements.person_id = salesforce_ids.person_id
where
    sides.side = 'both'
    and engagements.occurred_at > sides.lead_created_at
    and (engagements.kind = 'CALL'
        or engagements.kind = 'MEETING'
        and chance(engagements.engagement_id, 'noted in salesforce') < 0.5);

create or replace view raw_salesforce_task as
select
    salesforce_id('00T', engagement_id - 700000000000) as id,
    left(case when occurred_at > converted_at then contact_id else lead_id end, 15) as who_id,
    salesforce_id('005', user_id) as owner_id, salesforce_id('005', user_id) as created_by_id,
    'Call' as type, 'Call' as task_subtype, 'Completed' as status,
    case direction when 'INCOMING' then 'Inbound' else 'Outbound' end as call_type,
    'Connected' as call_disposition, true as is_closed, false as is_deleted,
    date_trunc('day', occurred_at) as activity_date, occurred_at as completed_date_time,
    occurred_at as created_date, occurred_at as last_modified_date,
    occurred_at as system_modstamp, synced() as _fivetran_synced
from salesforce_engagements
where kind = 'CALL';

create or replace view raw_salesforce_event as
select
    salesforce_id('00U', engagement_id - 700000000000) as id,
    case when occurred_at > converted_at then contact_id else lead_id end as who_id,
    salesforce_id('005', user_id) as owner_id, salesforce_id('005', user_id) as created_by_id,
    'Meeting' as type, 'Event' as event_subtype, false as is_deleted, false as is_child,
    date_trunc('day', occurred_at) as activity_date, occurred_at as activity_date_time,
    occurred_at as start_date_time, occurred_at + interval 45 minute as end_date_time,
    occurred_at as created_date, occurred_at as last_modified_date,
    occurred_at as system_modstamp, synced() as _fivetran_synced
from salesforce_engagements
where kind = 'MEETING';
