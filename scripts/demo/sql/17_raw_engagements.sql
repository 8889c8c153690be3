-- Engagements and what they are linked to.

create or replace view raw_engagement as
select engagement_id as id, engagement_type as type, 'portal-1' as portal_id,
    synced() as _fivetran_synced
from engagements;

create or replace view raw_engagement_contact as
select engagement_id, person_id as contact_id, 1 as type_id,
    'HUBSPOT_DEFINED' as category, synced() as _fivetran_synced
from engagements;

create or replace view raw_engagement_call as
select engagement_id, 'CALL' as type, direction as property_hs_call_direction,
    'Connected' as property_hs_call_disposition, occurred_at as property_hs_createdate,
    occurred_at as property_hs_timestamp, occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from engagements where kind = 'CALL';

create or replace view raw_engagement_email as
select engagement_id, engagement_type as type,
    case direction when 'INCOMING' then 'INCOMING_EMAIL' else 'EMAIL' end
        as property_hs_email_direction,
    occurred_at as property_hs_createdate, occurred_at as property_hs_timestamp,
    occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from engagements where kind = 'EMAIL';

create or replace view raw_engagement_meeting as
select engagement_id, 'MEETING' as type, 'COMPLETED' as property_hs_meeting_outcome,
    occurred_at as property_hs_meeting_start_time, occurred_at as property_hs_createdate,
    occurred_at as property_hs_timestamp, occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from engagements where kind = 'MEETING';

create or replace view raw_engagement_note as
select engagement_id, 'NOTE' as type, occurred_at as property_hs_createdate,
    occurred_at as property_hs_timestamp, occurred_at as property_hs_lastmodifieddate,
    user_id + 7000000 as property_hubspot_owner_id,
    user_id as property_hs_created_by_user_id, false as _fivetran_deleted,
    synced() as _fivetran_synced
from engagements where kind = 'NOTE';
