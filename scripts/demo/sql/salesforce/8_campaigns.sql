-- Campaigns and their members. A membership goes on with the contact that a lead becomes.

create or replace view raw_salesforce_campaign as
select
    salesforce_id('701', campaign_number) as id, campaign_name as name,
    campaign_type as type, 'Completed' as status, true as is_active, false as is_deleted,
    quarter_on as start_date, quarter_on as created_date, quarter_on as last_modified_date,
    quarter_on as system_modstamp, false as _fivetran_deleted, synced() as _fivetran_synced
from campaigns;

create or replace view raw_salesforce_campaign_member as
select
    salesforce_id('00v', person_id * 10 + kind_number) as id,
    salesforce_id('701', campaign_number) as campaign_id, lead_id, contact_id,
    case when has_responded then 'Responded' else 'Sent' end as status,
    case when contact_id is null then 'Lead' else 'Contact' end as type,
    has_responded, responded_on as first_responded_date, listed_at as created_date,
    greatest(listed_at, responded_on) as last_modified_date,
    greatest(listed_at, responded_on) as system_modstamp, false as is_deleted,
    false as _fivetran_deleted, synced() as _fivetran_synced
from campaign_members;
