-- Engagements and what they are linked to, but for those kept in Salesforce.

create or replace table hubspot_engagements as
select engagements.*, hubspot_contacts.contact_id
from engagements
inner join hubspot_contacts
    on engagements.person_id = hubspot_contacts.person_id and hubspot_contacts.is_main
where engagements.engagement_id not in (select engagement_id from salesforce_engagements);

create or replace view raw_hubspot_engagement as
select engagement_id as id, engagement_type as type, 'portal-1' as portal_id,
    synced() as _fivetran_synced
from hubspot_engagements;

create or replace view raw_hubspot_engagement_contact as
select engagement_id, contact_id, 1 as type_id,
    'HUBSPOT_DEFINED' as category, synced() as _fivetran_synced
from hubspot_engagements;

create or replace view raw_hubspot_engagement_call as
select engagement_id, 'CALL' as type, direction as property_hs_call_direction,
    'Connected' as property_hs_call_disposition, occurred_at as property_hs_createdate,
    occurred_at as property_hs_timestamp, occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from hubspot_engagements where kind = 'CALL';

create or replace view raw_hubspot_engagement_email as
select engagement_id, engagement_type as type,
    case direction when 'INCOMING' then 'INCOMING_EMAIL' else 'EMAIL' end
        as property_hs_email_direction,
    occurred_at as property_hs_createdate, occurred_at as property_hs_timestamp,
    occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from hubspot_engagements where kind = 'EMAIL';

create or replace view raw_hubspot_engagement_meeting as
select engagement_id, 'MEETING' as type, 'COMPLETED' as property_hs_meeting_outcome,
    occurred_at as property_hs_meeting_start_time, occurred_at as property_hs_createdate,
    occurred_at as property_hs_timestamp, occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from hubspot_engagements where kind = 'MEETING';

create or replace view raw_hubspot_engagement_note as
select engagement_id, 'NOTE' as type, occurred_at as property_hs_createdate,
    occurred_at as property_hs_timestamp, occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from hubspot_engagements where kind = 'NOTE';
