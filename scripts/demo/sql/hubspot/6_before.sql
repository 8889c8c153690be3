-- The earlier extract, of which only what differs is kept: contacts that were deleted then,
-- and the team of somebody who has gone to another one since.

create or replace view before_hubspot_contact as
select raw_hubspot_contact.* replace (
    true as _fivetran_deleted, restorations.deleted_at as _fivetran_synced)
from raw_hubspot_contact
inner join restorations on raw_hubspot_contact.id = restorations.person_id
where restorations.sync_case = 'contact_restored';

create or replace view before_hubspot_users as
select raw_hubspot_users.* replace (13 as primary_team_id, synced_before() as _fivetran_synced)
from raw_hubspot_users
where id = team_changer();
