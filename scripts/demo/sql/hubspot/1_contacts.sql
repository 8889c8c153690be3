-- What was written to the contacts in HubSpot, and what they hold today.

-- One row per value in a contact's history.
create or replace table contact_changes as
with written as (
    select person_id, name, value, changed_at, actor, user_id
    from writes where crm = 'hubspot'
    union all
    from stray_writes
)

select
    hubspot_contacts.contact_id,
    written.name,
    written.value,
    written.changed_at,
    case written.actor
        when 'form' then 'FORM' when 'import' then 'IMPORT' when 'mobile' then 'MOBILE_IOS'
        when 'user' then 'CRM_UI' when 'sync' then 'SALESFORCE'
        else 'AUTOMATION_PLATFORM' end as source,
    case written.actor
        when 'form' then 'form-' || written.name when 'import' then 'trade-show-list'
        when 'user' then 'userId:' || written.user_id
        when 'mobile' then 'userId:' || written.user_id when 'sync' then 'salesforce-sync'
        else 'workflow-' || written.name end as source_id
from written
inner join hubspot_contacts on written.person_id = hubspot_contacts.person_id
where
    written.changed_at <= getvariable('as_of')
    and written.changed_at <= coalesce(hubspot_contacts.ended_at, 'infinity');

create or replace table current_values as
select
    contact_id,
    max_by(value, changed_at) filter (where name = 'lifecyclestage') as lifecyclestage,
    max_by(value, changed_at) filter (where name = 'hs_lead_status') as hs_lead_status,
    max_by(value, changed_at) filter (where name = 'hubspot_owner_id') as hubspot_owner_id,
    max_by(value, changed_at) filter (where name = 'rejection_reason') as rejection_reason,
    max_by(value, changed_at) filter (where name = 'hs_analytics_source')
        as hs_analytics_source,
    max_by(value, changed_at) filter (where name = 'country') as country,
    max_by(value, changed_at) filter (where name = 'industry') as industry,
    max_by(value, changed_at) filter (where name = 'numemployees') as numemployees,
    max_by(value, changed_at) filter (where name = 'jobtitle') as jobtitle,
    max_by(value, changed_at) filter (where name = 'budget_confirmed') as budget_confirmed,
    max_by(value, changed_at) filter (where name = 'authority_confirmed')
        as authority_confirmed,
    max_by(value, changed_at) filter (where name = 'need_confirmed') as need_confirmed,
    max_by(value, changed_at) filter (where name = 'timing_confirmed') as timing_confirmed,
    max(changed_at) as last_changed_at
from contact_changes
group by contact_id;
