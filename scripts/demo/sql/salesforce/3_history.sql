-- Field history of leads and contacts: no first value, and an owner is written twice,
-- once as an id and once as a name.

create or replace table salesforce_history as
with changes as (
    select
        salesforce_values.person_id, salesforce_values.written_to,
        salesforce_fields.lead_field, salesforce_fields.contact_field,
        salesforce_values.name, salesforce_values.old_value,
        salesforce_values.value as new_value, salesforce_values.changed_at,
        case salesforce_values.actor
            when 'sync' then sync_user() when 'workflow' then flow_user()
            when 'import' then list_user() else salesforce_values.user_id end as user_id
    from salesforce_values
    inner join salesforce_fields on salesforce_values.name = salesforce_fields.name
    inner join sides on salesforce_values.person_id = sides.person_id
    where
        salesforce_values.written_to <> 'birth'
        and not coalesce(
            sides.variant = 'row_missing' and salesforce_values.written_to = 'lead'
            and salesforce_values.name = 'hs_lead_status'
            and salesforce_values.value = 'Connected', false)
)

select
    person_id, written_to, user_id, changed_at,
    case written_to when 'lead' then lead_field else contact_field end as field,
    case when name = 'hubspot_owner_id' then 'EntityId' else 'Text' end as data_type,
    old_value, new_value
from changes
union all
select
    changes.person_id, changes.written_to, changes.user_id, changes.changed_at, 'Owner',
    'Text', before.name, after.name
from changes
left join salesforce_users as before on changes.old_value = before.id
left join salesforce_users as after on changes.new_value = after.id
where changes.name = 'hubspot_owner_id'
union all
select
    salesforce_people.person_id, 'lead', seller(salesforce_people.person_id, 1),
    salesforce_people.converted_at, 'Status', 'Text', salesforce_current.lead_status,
    'Qualified'
from salesforce_people
inner join salesforce_current
    on
        salesforce_people.person_id = salesforce_current.person_id
        and salesforce_current.object_type = 'lead'
where salesforce_people.is_status_converted;

create or replace table salesforce_history_rows as
select
    salesforce_id('017', row_number() over (
        order by person_id, changed_at, written_to, field, data_type)) as id,
    *
from salesforce_history;

create or replace view raw_salesforce_lead_history as
select
    salesforce_history_rows.id, salesforce_ids.lead_id, field, data_type, old_value,
    new_value, salesforce_id('005', user_id) as created_by_id, changed_at as created_date,
    false as is_deleted, synced() as _fivetran_synced
from salesforce_history_rows
inner join salesforce_ids on salesforce_history_rows.person_id = salesforce_ids.person_id
where written_to = 'lead';

create or replace view raw_salesforce_contact_history as
select
    salesforce_history_rows.id, salesforce_ids.contact_id, field, data_type, old_value,
    new_value, salesforce_id('005', user_id) as created_by_id, changed_at as created_date,
    false as is_deleted, synced() as _fivetran_synced
from salesforce_history_rows
inner join salesforce_ids on salesforce_history_rows.person_id = salesforce_ids.person_id
where written_to = 'contact';
