-- The raw tables in the shape in which a connector lands them.

create or replace macro synced() as getvariable('as_of') - interval 20 minute;

-- A later form with another address makes a second contact, merged away some days after.
create or replace table duplicates as
select
    people.person_id,
    5000000000 + people.person_id as contact_id,
    people.created_at + to_days(cast(
        6 + floor(chance(people.person_id, 'twice') * 60) as integer)) as created_at,
    people.created_at + interval 80 day as merged_at
from people
where
    people.channel = 'form' and people.rule_code is null
    and people.created_at < getvariable('as_of') - interval 90 day
order by chance(people.person_id, 'duplicate'), people.person_id
limit getvariable('duplicate_count');

create or replace table current_values as
select
    contact_id,
    max_by(value, changed_at) filter (where name = 'lifecyclestage') as lifecyclestage,
    max_by(value, changed_at) filter (where name = 'hs_lead_status') as hs_lead_status,
    max_by(value, changed_at) filter (where name = 'hubspot_owner_id') as hubspot_owner_id,
    max_by(value, changed_at) filter (where name = 'rejection_reason') as rejection_reason,
    max_by(value, changed_at) filter (where name = 'hs_analytics_source') as hs_analytics_source,
    max_by(value, changed_at) filter (where name = 'country') as country,
    max_by(value, changed_at) filter (where name = 'industry') as industry,
    max_by(value, changed_at) filter (where name = 'numemployees') as numemployees,
    max_by(value, changed_at) filter (where name = 'jobtitle') as jobtitle,
    max_by(value, changed_at) filter (where name = 'budget_confirmed') as budget_confirmed,
    max_by(value, changed_at) filter (where name = 'authority_confirmed') as authority_confirmed,
    max_by(value, changed_at) filter (where name = 'need_confirmed') as need_confirmed,
    max_by(value, changed_at) filter (where name = 'timing_confirmed') as timing_confirmed,
    max(changed_at) as last_changed_at
from contact_changes
group by contact_id;

create or replace view raw_contact as
select
    people.person_id as id,
    lower(pick(getvariable('first_names'), people.person_id, 'first') || '.'
        || pick(getvariable('last_names'), people.person_id, 'last') || '.'
        || people.person_id || '@' || companies.domain) as property_email,
    pick(getvariable('first_names'), people.person_id, 'first') as property_firstname,
    pick(getvariable('last_names'), people.person_id, 'last') as property_lastname,
    case when people.channel <> 'newsletter'
        then '+49 30 ' || (1000000 + people.person_id % 8999999) end as property_phone,
    companies.company_name as property_company,
    current_values.jobtitle as property_jobtitle,
    current_values.country as property_country,
    current_values.industry as property_industry,
    current_values.numemployees as property_numemployees,
    cast(people.employee_count * 90000 as varchar) as property_annualrevenue,
    nullif(current_values.lifecyclestage, '') as property_lifecyclestage,
    nullif(current_values.hs_lead_status, '') as property_hs_lead_status,
    current_values.hubspot_owner_id as property_hubspot_owner_id,
    company_links.company_id as property_associatedcompanyid,
    duplicates.contact_id as property_hs_merged_object_ids,
    current_values.hs_analytics_source as property_hs_analytics_source,
    case people.channel when 'import' then 'IMPORT' when 'sales' then 'CRM_UI' end
        as property_hs_analytics_source_data_1,
    case when people.source_value like 'PAID%' then 'campaign-'
        || quarter(people.created_at) || '-' || year(people.created_at) end
        as property_hs_analytics_first_touch_converting_campaign,
    false as property_hs_email_optout,
    nullif(current_values.rejection_reason, '') as property_rejection_reason,
    case when people.channel = 'sales' then 'yes' end as property_nurture_decision,
    nullif(current_values.budget_confirmed, '') as property_budget_confirmed,
    nullif(current_values.authority_confirmed, '') as property_authority_confirmed,
    nullif(current_values.need_confirmed, '') as property_need_confirmed,
    nullif(current_values.timing_confirmed, '') as property_timing_confirmed,
    case when people.channel = 'sales' then case when people.person_id % 3 = 0
        then seller(people.person_id, 1) else developer(people.person_id, 1) end end
        as property_hs_created_by_user_id,
    people.created_at as property_createdate,
    coalesce(current_values.last_changed_at, people.created_at)
        as property_lastmodifieddate,
    false as _fivetran_deleted,
    synced() as _fivetran_synced
from people
inner join company_links on people.person_id = company_links.person_id
inner join companies on company_links.company_id = companies.company_id
left join current_values on people.person_id = current_values.contact_id
left join duplicates on people.person_id = duplicates.person_id
union all by name
select
    contact_id as id,
    'twin.' || person_id || '@post.example' as property_email,
    'lead' as property_lifecyclestage,
    'DIRECT_TRAFFIC' as property_hs_analytics_source,
    false as property_hs_email_optout,
    created_at as property_createdate,
    merged_at as property_lastmodifieddate,
    true as _fivetran_deleted,
    synced() as _fivetran_synced
from duplicates;
