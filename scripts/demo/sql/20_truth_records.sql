-- The ground truth about records: whose they are and how that is known, and every stay.

create or replace table truth_records as
select
    'hubspot:contact:' || contact_id as record_id,
    cast(person_id as varchar) as person_id,
    case when is_main then 'same_record' else 'merge' end as link_kind
from hubspot_contacts
union all
select
    'hubspot:contact:' || contact_id,
    cast(case when merged_at is null then contact_id else person_id end as varchar),
    case when merged_at is null then 'same_record' else 'merge' end
from strangers
union all
select 'salesforce:lead:' || lead_id, lead_id, 'same_record'
from nobodys_leads
union all
select
    'salesforce:lead:' || lead_id, cast(person_id as varchar),
    case
        when contact_id is not null then 'conversion'
        when sides.side = 'salesforce' then 'same_record'
        when lead_link is null then 'email' else 'crm_id'
    end
from salesforce_ids
inner join sides using (person_id)
union all
select
    'salesforce:contact:' || contact_id, cast(person_id as varchar),
    case when contact_link is null then 'email' else 'crm_id' end
from salesforce_ids
where contact_id is not null
union all
select
    'salesforce:' || object_type || ':'
    || salesforce_id(case object_type when 'lead' then '00Q' else '003' end,
        900000000 + person_id),
    cast(person_id as varchar),
    case sync_case when 'two_leads' then 'conversion' else 'merge' end
from salesforce_twins;

-- The stays of people, cut where their last record was deleted, and ended by a stage that
-- the company does not know.
create or replace table truth_stays as
with deleted as (
    select person_id, getvariable('as_of') - interval 20 minute as deleted_at
    from sync_cases where sync_case = 'contact_deleted'
    union all
    select sync_cases.person_id, sides.last_moved_at + interval 12 hour
    from sync_cases
    inner join sides on sync_cases.person_id = sides.person_id
    where sync_cases.sync_case = 'lead_deleted' and sides.side = 'salesforce'
)

select
    cast(true_visits.person_id as varchar) as person_id,
    true_visits.visit_number,
    true_visits.stage as lifecycle_stage,
    true_visits.valid_from,
    coalesce(true_visits.valid_to, deleted.deleted_at) as valid_to
from true_visits
left join deleted on true_visits.person_id = deleted.person_id
union all
select cast(contact_id as varchar), 1, 'lead', created_at, null
from strangers
where merged_at is null
union all
select lead_id, 1, 'lead', created_at, null
from nobodys_leads
union all
select
    cast(true_visits.person_id as varchar), true_visits.visit_number + 1, 'unmapped',
    true_visits.valid_to, null
from true_visits
inner join people on true_visits.person_id = people.person_id
where true_visits.is_last and people.variant in ('value_other', 'stage_is_status');

-- Addresses that several live records have, so that they link nobody.
create or replace table truth_ambiguous as
with live as (
    select 'hubspot:contact:' || contact_id as record_id, person_id
    from hubspot_contacts
    where is_main and not is_deleted
    union all
    select 'hubspot:contact:' || contact_id, person_id
    from strangers
    where has_same_address and merged_at is null
    union all
    select 'salesforce:lead:' || lead_id, person_id
    from nobodys_leads
    union all
    select 'salesforce:' || case when contact_id is null then 'lead' else 'contact' end
        || ':' || coalesce(contact_id, lead_id), person_id
    from salesforce_ids
    where person_id not in (
        select person_id from sync_cases where sync_case = 'lead_deleted')
),

grouped as (
    select
        live.record_id,
        mailboxes.email,
        mailboxes.email like 'info@%' as is_shared,
        count(*) over (partition by mailboxes.email) as record_count,
        count(*) filter (where live.record_id like 'hubspot:%') over (
            partition by mailboxes.email) as hubspot_count
    from live
    inner join mailboxes on live.person_id = mailboxes.person_id
)

select
    md5(email) as address_key,
    record_id,
    case when is_shared then 'shared_address' else 'several_in_one_source' end as reason
from grouped
where is_shared and record_count > 1 or hubspot_count > 1;
