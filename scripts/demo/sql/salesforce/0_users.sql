-- The organisation, its users, roles and picklists.

create or replace view raw_salesforce_organization as
select
    salesforce_id('00D', 1) as id, 'Brightline' as name,
    'brightline.my.salesforce.example' as instance_name, false as is_sandbox,
    getvariable('starts_at') as last_modified_date,
    getvariable('starts_at') as system_modstamp, false as _fivetran_deleted,
    synced() as _fivetran_synced;

create or replace table salesforce_users as
select
    salesforce_id('005', user_id) as id,
    salesforce_id('00E', team_id) as user_role_id,
    first_name || ' ' || last_name as name,
    lower(first_name || '.' || last_name || '.' || user_id) || '@brightline.example' as email,
    'Standard' as user_type
from staff
where team <> 'marketing'
union all
select salesforce_id('005', sync_user()), salesforce_id('00E', 91), 'HubSpot Integration',
    'hubspot.sync@brightline.example', 'Standard'
union all
select salesforce_id('005', flow_user()), null, 'Automated Process',
    'autoproc@brightline.example', 'AutomatedProcess'
union all
select salesforce_id('005', list_user()), salesforce_id('00E', 92), 'Data Loader',
    'data.loader@brightline.example', 'Standard';

create or replace view raw_salesforce_user as
select
    id, user_role_id, email, name, email as username, user_type, true as is_active,
    getvariable('starts_at') as created_date, changed_at as last_modified_date,
    changed_at as system_modstamp, false as _fivetran_deleted,
    synced() as _fivetran_synced
from (
    select
        *,
        case when id = salesforce_id('005', team_changer())
            then getvariable('extracted_before_at') + interval 3 day
            else getvariable('starts_at') end as changed_at
    from salesforce_users
);

create or replace view raw_salesforce_user_role as
select
    salesforce_id('00E', team_id) as id, label as name,
    replace(label, ' ', '_') as developer_name, synced() as _fivetran_synced
from (select team_id, label from teams
    union all select 91, 'Integration' union all select 92, 'Data Import');

create or replace view raw_salesforce_lead_status as
select
    salesforce_id('01J', row_number() over (order by salesforce_value)) as id,
    salesforce_value as api_name, salesforce_value as master_label,
    salesforce_value = 'Qualified' as is_converted, salesforce_value = 'New' as is_default,
    synced() as _fivetran_synced
from (
    select salesforce_value from salesforce_stages
    where upper(hubspot_value) = hubspot_value
    union all select 'Qualified'
);
