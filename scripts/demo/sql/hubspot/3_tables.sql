-- The raw tables that need little more than renaming.

create or replace view raw_hubspot_company as
select company_id as id, company_name as property_name, domain as property_domain,
    country as property_country, industry as property_industry,
    employee_count as property_numberofemployees,
    employee_count * 90000 as property_annualrevenue,
    created_at as property_createdate, created_at as property_hs_lastmodifieddate,
    -- Half of the companies that sales sells to know their account by its id.
    case when company_id % 2 = 0 and company_id in (
        select company_links.company_id from company_links
        inner join sides on company_links.person_id = sides.person_id
        where sides.converted_at is not null)
        then salesforce_id('001', company_id) end as property_salesforceaccountid,
    false as is_deleted, false as _fivetran_deleted, synced() as _fivetran_synced
from companies
where company_id in (
    select company_links.company_id from company_links
    inner join hubspot_contacts on company_links.person_id = hubspot_contacts.person_id);

create or replace view raw_hubspot_owner as
select owner_id, user_id as active_user_id,
    lower(first_name || '.' || last_name || '.' || user_id) || '@brightline.example' as email,
    first_name, last_name, 'PERSON' as type, 'portal-1' as portal_id, true as is_active,
    getvariable('starts_at') as created_at, getvariable('starts_at') as updated_at,
    false as _fivetran_deleted, synced() as _fivetran_synced
from staff;

create or replace view raw_hubspot_owner_team as
select owner_id, team_id, true as is_team_primary, synced() as _fivetran_synced from staff;

create or replace view raw_hubspot_users as
select user_id as id, email, first_name, last_name, team_id as primary_team_id,
    false as _fivetran_deleted, raw_hubspot_owner._fivetran_synced
from staff
inner join raw_hubspot_owner using (owner_id, first_name, last_name);

create or replace view raw_hubspot_team as
select team_id as id, label as name, synced() as _fivetran_synced from teams;

create or replace view raw_hubspot_team_user as
select user_id, team_id, false as is_secondary_user, synced() as _fivetran_synced from staff;

create or replace view raw_hubspot_form as
select form_id as guid, form_name as name, 'HUBSPOT' as form_type, 'portal-1' as portal_id,
    getvariable('starts_at') as created_at, getvariable('starts_at') as updated_at,
    false as _fivetran_deleted, synced() as _fivetran_synced
from forms;

create or replace view raw_hubspot_contact_form_submission as
select hubspot_contacts.contact_id, submissions.conversion_id, submissions.form_id,
    forms.form_name as title, 'page-' || submissions.form_id as page_id,
    'https://brightline.example/' || submissions.form_id as page_url,
    'portal-1' as portal_id, submissions.submitted_at as timestamp,
    synced() as _fivetran_synced
from submissions
inner join hubspot_contacts
    on submissions.person_id = hubspot_contacts.person_id and hubspot_contacts.is_main
inner join forms on submissions.form_id = forms.form_id
union all by name
select contact_id, contact_id * 10 as conversion_id, 'f-newsletter' as form_id,
    'Newsletter signup' as title, 'portal-1' as portal_id, created_at as timestamp,
    synced() as _fivetran_synced
from strangers;

create or replace view raw_hubspot_property_option as
select 'contact' as hubspot_object, 'lifecyclestage' as name, crm_value as value, label,
    row_number() over (order by crm_value) as display_order, false as hidden,
    synced() as _fivetran_synced
from stage_values;
