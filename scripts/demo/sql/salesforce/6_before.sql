-- The earlier extract, of which only what differs is kept: leads and contacts that were in
-- the bin then, owners of accounts, and the team of somebody who has gone to another one since.

create or replace view before_salesforce_lead as
select raw_salesforce_lead.* replace (
    true as is_deleted, salesforce_people.binned_at as last_modified_date,
    salesforce_people.binned_at as system_modstamp, synced_before() as _fivetran_synced)
from raw_salesforce_lead
inner join salesforce_people on raw_salesforce_lead.id = salesforce_people.lead_id
where
    salesforce_people.binned_at is not null and salesforce_people.converted_at is null;

create or replace view before_salesforce_contact as
select raw_salesforce_contact.* replace (
    true as is_deleted, salesforce_people.binned_at as last_modified_date,
    salesforce_people.binned_at as system_modstamp, synced_before() as _fivetran_synced)
from raw_salesforce_contact
inner join salesforce_people on raw_salesforce_contact.id = salesforce_people.contact_id
where salesforce_people.binned_at is not null;

create or replace view before_salesforce_account as
select raw_salesforce_account.* replace (
    salesforce_id('005', handovers.first_owner) as owner_id,
    raw_salesforce_account.created_date as last_modified_date,
    raw_salesforce_account.created_date as system_modstamp,
    synced_before() as _fivetran_synced)
from raw_salesforce_account
inner join handovers on raw_salesforce_account.id = handovers.account_id;

create or replace view before_salesforce_user as
select raw_salesforce_user.* replace (
    salesforce_id('00E', 13) as user_role_id, created_date as last_modified_date,
    created_date as system_modstamp, synced_before() as _fivetran_synced)
from raw_salesforce_user
where id = salesforce_id('005', team_changer());
