-- The contact table, merged and deleted contacts included.

create or replace view raw_hubspot_contact as
select
    hubspot_contacts.contact_id as id,
    mailboxes.email as property_email,
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
    case
        when people.variant = 'record_differs' then 'subscriber'
        when people.variant = 'record_shouted' then upper(current_values.lifecyclestage)
        else nullif(current_values.lifecyclestage, '') end as property_lifecyclestage,
    nullif(current_values.hs_lead_status, '') as property_hs_lead_status,
    current_values.hubspot_owner_id as property_hubspot_owner_id,
    company_links.company_id as property_associatedcompanyid,
    hubspot_contacts.merged_ids as property_hs_merged_object_ids,
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
    -- The id of the lead until it is converted, of the contact from then on.
    case when hubspot_contacts.is_main then salesforce_ids.lead_link end
        as property_salesforceleadid,
    case when hubspot_contacts.is_main then salesforce_ids.contact_link end
        as property_salesforcecontactid,
    people.created_at
    + to_seconds(case when people.rule_code = 'MV09' then people.plant_seconds else 0 end)
        as property_createdate,
    greatest(
        coalesce(current_values.last_changed_at, people.created_at),
        coalesce(hubspot_contacts.ended_at, people.created_at)) as property_lastmodifieddate,
    hubspot_contacts.is_deleted or not hubspot_contacts.is_main as _fivetran_deleted,
    coalesce(restorations.restored_at, synced()) as _fivetran_synced
from people
inner join hubspot_contacts on people.person_id = hubspot_contacts.person_id
inner join company_links on people.person_id = company_links.person_id
inner join companies on company_links.company_id = companies.company_id
inner join mailboxes on people.person_id = mailboxes.person_id
left join current_values on hubspot_contacts.contact_id = current_values.contact_id
left join salesforce_ids on people.person_id = salesforce_ids.person_id
left join restorations
    on
        people.person_id = restorations.person_id
        and restorations.sync_case = 'contact_restored'
union all by name
select
    strangers.contact_id as id,
    case when strangers.has_same_address then mailboxes.email
        else 'twin.' || strangers.contact_id || '@post.example' end as property_email,
    'lead' as property_lifecyclestage,
    'DIRECT_TRAFFIC' as property_hs_analytics_source,
    false as property_hs_email_optout,
    strangers.created_at as property_createdate,
    coalesce(strangers.merged_at, strangers.created_at) as property_lastmodifieddate,
    strangers.merged_at is not null as _fivetran_deleted,
    synced() as _fivetran_synced
from strangers
inner join mailboxes on strangers.person_id = mailboxes.person_id;

create or replace view raw_hubspot_contact_property_history as
select contact_id, name, value, changed_at as timestamp, source, source_id,
    synced() as _fivetran_synced
from contact_changes
union all by name
select strangers.contact_id, property.name, property.value,
    strangers.created_at as timestamp, 'FORM' as source, 'form-' || property.name
        as source_id, synced() as _fivetran_synced
from strangers
cross join (values ('lifecyclestage', 'lead'), ('hs_analytics_source', 'DIRECT_TRAFFIC'))
    as property (name, value)
union all by name
select contact_id, 'hs_merged_object_ids' as name, merged_ids as value,
    merged_at as timestamp, 'MERGE_OBJECTS' as source,
    'userId:' || ops_member(person_id) as source_id, synced() as _fivetran_synced
from hubspot_contacts
where merged_at is not null;

-- Only the older merges, which kept the first contact, are in the audit.
create or replace view raw_hubspot_contact_merge_audit as
select person_id as canonical_vid, contact_id as vid_to_merge, person_id as contact_id,
    ops_member(person_id) as user_id, merged_at as timestamp, synced() as _fivetran_synced
from strangers
where is_in_audit;
