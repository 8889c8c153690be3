-- Leads, contacts and accounts.

create or replace table salesforce_people as
select
    people.person_id,
    pick(getvariable('first_names'), people.person_id, 'first') as first_name,
    pick(getvariable('last_names'), people.person_id, 'last') as last_name,
    -- Typed by hand, an address does not look the same.
    case when people.person_id % 2 = 0 and sync_cases.sync_case = 'no_ids'
        then ' ' || upper(mailboxes.email) else mailboxes.email end as email,
    companies.company_name as company,
    mailboxes.domain,
    people.job_title as title,
    people.country,
    -- What nobody knew when the lead was made is not on the lead.
    case when coalesce(people.variant, '') not in ('fit_901', 'fit_900')
        then people.industry end as industry,
    people.employee_count as number_of_employees,
    case
        when people.rule_code = 'EN03' then null
        when people.channel = 'sales' then 'Sales Prospecting'
        when people.channel = 'import' then 'Trade Show'
        else 'Website'
    end as lead_source,
    coalesce(case
        when sides.side = 'both' then salesforce_id('005', sync_user())
        when people.channel = 'import' then salesforce_id('005', list_user())
    end, salesforce_id('005', case when people.person_id % 3 = 0
        then seller(people.person_id, 1) else developer(people.person_id, 1) end))
        as created_by_id,
    sides.side,
    sides.variant,
    sides.lead_created_at,
    sides.converted_at,
    -- half of the conversions set the status, and with it leave a row that says when
    sides.converted_at is not null
    and (people.person_id % 2 = 0 or coalesce(people.rule_code = 'MV08', false))
        as is_status_converted,
    case when sync_cases.sync_case = 'lead_deleted'
        then sides.last_moved_at + interval 12 hour end as deleted_at,
    restorations.deleted_at as binned_at,
    restorations.restored_at,
    salesforce_ids.* exclude (person_id)
from people
inner join sides on people.person_id = sides.person_id
inner join salesforce_ids on people.person_id = salesforce_ids.person_id
inner join company_links on people.person_id = company_links.person_id
inner join companies on company_links.company_id = companies.company_id
inner join mailboxes on people.person_id = mailboxes.person_id
left join sync_cases on people.person_id = sync_cases.person_id
left join restorations on people.person_id = restorations.person_id;

create or replace view raw_salesforce_lead as
select
    lead_id as id, email, first_name, last_name, first_name || ' ' || last_name as name,
    company, title, 'https://' || domain as website, country, industry,
    number_of_employees, lead_source,
    case when is_status_converted then 'Qualified' else lead_status end as status,
    lifecycle_stage as lifecycle_stage_c, rejection_reason as rejection_reason_c,
    budget_confirmed as budget_confirmed_c, authority_confirmed as authority_confirmed_c,
    need_confirmed as need_confirmed_c, timing_confirmed as timing_confirmed_c,
    owner_id, created_by_id, cast(null as varchar) as master_record_id,
    converted_at is not null as is_converted,
    date_trunc('day', converted_at) as converted_date,
    left(contact_id, 15) as converted_contact_id,
    account_id as converted_account_id,
    false as has_opted_out_of_email,
    deleted_at is not null as is_deleted,
    lead_created_at as created_date,
    coalesce(deleted_at, converted_at, restored_at, last_changed_at) as last_modified_date,
    coalesce(deleted_at, converted_at, restored_at, last_changed_at) as system_modstamp,
    false as _fivetran_deleted, synced() as _fivetran_synced
from salesforce_people
inner join salesforce_current using (person_id)
where object_type = 'lead'
union all by name
select
    salesforce_id('00Q', 900000000 + salesforce_twins.person_id) as id, email, first_name,
    last_name, first_name || ' ' || last_name as name, company, title, country,
    'Website' as lead_source,
    'New' as status,
    'Lead' as lifecycle_stage_c, created_by_id,
    case when sync_case <> 'two_leads' then lead_id end as master_record_id,
    sync_case = 'two_leads' as is_converted,
    case when sync_case = 'two_leads' then date_trunc('day', converted_at) end
        as converted_date,
    case when sync_case = 'two_leads' then contact_id end as converted_contact_id,
    case when sync_case = 'two_leads' then account_id end as converted_account_id,
    false as has_opted_out_of_email, sync_case <> 'two_leads' as is_deleted,
    salesforce_twins.created_at as created_date,
    salesforce_twins.ended_at as last_modified_date,
    salesforce_twins.ended_at as system_modstamp, false as _fivetran_deleted,
    synced() as _fivetran_synced
from salesforce_twins
inner join salesforce_people on salesforce_twins.person_id = salesforce_people.person_id
where salesforce_twins.object_type = 'lead'
union all by name
select
    others.lead_id as id, mailboxes.email, 'Lead' as last_name, 'New' as status,
    'Website' as lead_source, 'Lead' as lifecycle_stage_c,
    salesforce_id('005', list_user()) as created_by_id, false as is_converted,
    false as is_deleted, others.created_at as created_date,
    others.created_at as last_modified_date, others.created_at as system_modstamp,
    false as _fivetran_deleted, synced() as _fivetran_synced
from (from nobodys_leads union all from late_leads) as others
inner join mailboxes on others.person_id = mailboxes.person_id;

create or replace view raw_salesforce_contact as
select
    contact_id as id, account_id, email, first_name, last_name,
    first_name || ' ' || last_name as name, title, country as mailing_country, lead_source,
    lifecycle_stage as lifecycle_stage_c, lead_status as lead_status_c,
    rejection_reason as rejection_reason_c,
    budget_confirmed as budget_confirmed_c, authority_confirmed as authority_confirmed_c,
    need_confirmed as need_confirmed_c, timing_confirmed as timing_confirmed_c,
    owner_id, owner_id as created_by_id, cast(null as varchar) as master_record_id,
    false as has_opted_out_of_email, false as is_deleted, converted_at as created_date,
    greatest(converted_at, last_changed_at, restored_at) as last_modified_date,
    greatest(converted_at, last_changed_at, restored_at) as system_modstamp,
    false as _fivetran_deleted, synced() as _fivetran_synced
from salesforce_people
inner join salesforce_current using (person_id)
where object_type = 'contact' and converted_at is not null
union all by name
select
    salesforce_id('003', 900000000 + salesforce_twins.person_id) as id, account_id, email,
    first_name, last_name, first_name || ' ' || last_name as name, title, lead_source,
    'Lead' as lifecycle_stage_c, contact_id as master_record_id,
    false as has_opted_out_of_email, true as is_deleted,
    salesforce_twins.created_at as created_date,
    salesforce_twins.ended_at as last_modified_date,
    salesforce_twins.ended_at as system_modstamp, false as _fivetran_deleted,
    synced() as _fivetran_synced
from salesforce_twins
inner join salesforce_people on salesforce_twins.person_id = salesforce_people.person_id
where salesforce_twins.object_type = 'contact';

create or replace view raw_salesforce_account as
select
    account_id as id, company as name, 'https://www.' || domain || '/' as website,
    any_value(country) as billing_country, any_value(industry) as industry,
    any_value(number_of_employees) as number_of_employees,
    salesforce_id('005', coalesce(
        min(handovers.second_owner), min(seller(salesforce_people.person_id, 1))))
        as owner_id,
    min(converted_at) as created_date,
    coalesce(min(handed_over_at), min(converted_at)) as last_modified_date,
    coalesce(min(handed_over_at), min(converted_at)) as system_modstamp,
    false as is_deleted, false as _fivetran_deleted, synced() as _fivetran_synced
from salesforce_people
left join handovers using (account_id)
where account_id is not null
group by account_id, company, domain;
