-- The raw tables that need little more than renaming.

create or replace view raw_contact_property_history as
select contact_id, name, value, changed_at as timestamp, source, source_id,
    synced() as _fivetran_synced
from contact_changes
union all by name
select duplicates.contact_id, property.name, property.value,
    duplicates.created_at as timestamp, 'FORM' as source, 'form-' || property.name
        as source_id, synced() as _fivetran_synced
from duplicates
cross join (values ('lifecyclestage', 'lead'), ('hs_analytics_source', 'DIRECT_TRAFFIC'))
    as property (name, value);

create or replace view raw_contact_merge_audit as
select person_id as canonical_vid, contact_id as vid_to_merge, person_id as contact_id,
    ops_member(person_id) as user_id, merged_at as timestamp, synced() as _fivetran_synced
from duplicates;

create or replace view raw_company as
select company_id as id, company_name as property_name, domain as property_domain,
    country as property_country, industry as property_industry,
    employee_count as property_numberofemployees,
    employee_count * 90000 as property_annualrevenue,
    created_at as property_createdate, created_at as property_hs_lastmodifieddate,
    false as is_deleted, false as _fivetran_deleted, synced() as _fivetran_synced
from companies
where created_at <= getvariable('as_of');

create or replace view raw_deal as
select deal_id, pipeline as deal_pipeline_id, deal_stage as deal_pipeline_stage_id,
    seller_id + 7000000 as owner_id, 'portal-1' as portal_id,
    'Deal ' || deal_id as property_dealname, currency as property_deal_currency_code,
    lost_reason as property_closed_lost_reason,
    seller_id as property_hs_created_by_user_id, amount as property_amount,
    is_closed as property_hs_is_closed, is_won as property_hs_is_closed_won,
    opened_at as property_createdate,
    case when is_closed then closed_at
        else date_trunc('day', getvariable('as_of')) + interval 45 day
    end as property_closedate,
    last_moved_at as property_hs_lastmodifieddate,
    false as is_deleted, false as _fivetran_deleted, synced() as _fivetran_synced
from deals;

create or replace view raw_deal_stage as
select deal_id, deal_stage as value, moved_at as date_entered, 'CRM_UI' as source,
    'userId:' || seller_id as source_id, moved_at as _fivetran_start,
    is_current as _fivetran_active, synced() as _fivetran_synced
from deal_moves;

create or replace view raw_deal_contact as
select deal_id, person_id as contact_id, 3 as type_id, 'HUBSPOT_DEFINED' as category,
    synced() as _fivetran_synced
from deals;

create or replace view raw_deal_company as
select deal_id, company_id, 5 as type_id, 'HUBSPOT_DEFINED' as category,
    synced() as _fivetran_synced
from deals;

create or replace view raw_deal_pipeline as
select pipeline_id, label, true as active, display_order,
    getvariable('starts_at') as created_at, getvariable('starts_at') as updated_at,
    false as _fivetran_deleted, synced() as _fivetran_synced
from (values ('default', 'Sales pipeline', 0), ('expansion', 'Expansion', 1),
    ('renewals', 'Renewals', 2)) as pipeline (pipeline_id, label, display_order);

create or replace view raw_deal_pipeline_stage as
select pipeline_id, stage_id, label, true as active, is_closed as closed_won, is_closed,
    display_order, probability, getvariable('starts_at') as created_at,
    getvariable('starts_at') as updated_at, false as _fivetran_deleted,
    synced() as _fivetran_synced
from (values
    ('default', 'appointmentscheduled', 'Appointment scheduled', false, 0, 0.2),
    ('default', 'qualifiedtobuy', 'Qualified to buy', false, 1, 0.4),
    ('default', 'presentationscheduled', 'Presentation scheduled', false, 2, 0.6),
    ('default', 'decisionmakerboughtin', 'Decision maker bought-in', false, 3, 0.8),
    ('default', 'contractsent', 'Contract sent', false, 4, 0.9),
    ('default', 'onhold', 'On hold', false, 5, 0.1),
    ('default', 'closedwon', 'Closed won', true, 6, 1.0),
    ('default', 'closedlost', 'Closed lost', true, 7, 0.0),
    ('expansion', 'expansion_open', 'Expansion in discussion', false, 0, 0.5),
    ('expansion', 'expansion_won', 'Expansion won', true, 1, 1.0),
    ('expansion', 'expansion_lost', 'Expansion lost', true, 2, 0.0),
    ('renewals', 'renewal_open', 'Renewal due', false, 0, 0.8),
    ('renewals', 'renewal_won', 'Renewed', true, 1, 1.0),
    ('renewals', 'renewal_lost', 'Not renewed', true, 2, 0.0)
) as stage (pipeline_id, stage_id, label, is_closed, display_order, probability);

create or replace view raw_owner as
select owner_id, user_id as active_user_id,
    lower(first_name || '.' || last_name || '.' || user_id) || '@brightline.example' as email,
    first_name, last_name, 'PERSON' as type, 'portal-1' as portal_id, true as is_active,
    getvariable('starts_at') as created_at, getvariable('starts_at') as updated_at,
    false as _fivetran_deleted, synced() as _fivetran_synced
from staff;

create or replace view raw_owner_team as
select owner_id, team_id, true as is_team_primary, synced() as _fivetran_synced from staff;

create or replace view raw_users as
select user_id as id, email, first_name, last_name, team_id as primary_team_id,
    false as _fivetran_deleted, raw_owner._fivetran_synced
from staff
inner join raw_owner using (owner_id, first_name, last_name);

create or replace view raw_team as
select team_id as id, label as name, synced() as _fivetran_synced from teams;

create or replace view raw_team_user as
select user_id, team_id, false as is_secondary_user, synced() as _fivetran_synced from staff;

create or replace view raw_form as
select form_id as guid, form_name as name, 'HUBSPOT' as form_type, 'portal-1' as portal_id,
    getvariable('starts_at') as created_at, getvariable('starts_at') as updated_at,
    false as _fivetran_deleted, synced() as _fivetran_synced
from forms;

create or replace view raw_contact_form_submission as
select submissions.person_id as contact_id, submissions.conversion_id, submissions.form_id,
    forms.form_name as title, 'page-' || submissions.form_id as page_id,
    'https://brightline.example/' || submissions.form_id as page_url,
    'portal-1' as portal_id, submissions.submitted_at as timestamp,
    synced() as _fivetran_synced
from submissions
inner join forms on submissions.form_id = forms.form_id
union all by name
select contact_id, contact_id * 10 as conversion_id, 'f-newsletter' as form_id,
    'Newsletter signup' as title, 'portal-1' as portal_id, created_at as timestamp,
    synced() as _fivetran_synced
from duplicates;

create or replace view raw_property_option as
select 'contact' as hubspot_object, 'lifecyclestage' as name, crm_value as value, label,
    row_number() over (order by crm_value) as display_order, false as hidden,
    synced() as _fivetran_synced
from stage_values;
