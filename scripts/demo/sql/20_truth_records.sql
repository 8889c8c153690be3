-- The ground truth about records: whose they are, how that is known and whether they are
-- live (not deleted, merged or converted), and every stay.

create or replace table truth_records as
select
    'hubspot:contact:' || contact_id as record_id,
    cast(person_id as varchar) as person_id,
    case when is_main then 'same_record' else 'merge' end as link_kind,
    is_main and not is_deleted as is_live
from hubspot_contacts
union all
select
    'hubspot:contact:' || contact_id,
    cast(case when merged_at is null then contact_id else person_id end as varchar),
    case when merged_at is null then 'same_record' else 'merge' end,
    merged_at is null
from strangers
union all
select 'salesforce:lead:' || lead_id, lead_id, 'same_record', true
from nobodys_leads
union all
select 'salesforce:lead:' || lead_id, cast(person_id as varchar), 'email', true
from late_leads
union all
select
    'salesforce:lead:' || lead_id, cast(person_id as varchar),
    case
        when contact_id is not null then 'conversion'
        when sides.side = 'salesforce' then 'same_record'
        when lead_link is null then 'email' else 'crm_id'
    end,
    contact_id is null
    and person_id not in (
        select person_id from sync_cases where sync_case = 'lead_deleted')
from salesforce_ids
inner join sides using (person_id)
union all
select
    'salesforce:contact:' || contact_id, cast(person_id as varchar),
    case when contact_link is null then 'email' else 'crm_id' end, true
from salesforce_ids
where contact_id is not null
union all
select
    'salesforce:' || object_type || ':'
    || salesforce_id(case object_type when 'lead' then '00Q' else '003' end,
        900000000 + person_id),
    cast(person_id as varchar),
    case sync_case when 'two_leads' then 'conversion' else 'merge' end,
    false
from salesforce_twins;

-- When people had no record left, and since when they have one again. Salesforce dates its
-- deletions; those of HubSpot, and every return, are seen between two extracts only.
create or replace table truth_absences as
select person_id, false as is_dated, synced() as deleted_at,
    cast(null as timestamp) as restored_at
from sync_cases
where sync_case = 'contact_deleted'
union all
select sync_cases.person_id, true, sides.last_moved_at + interval 12 hour, null
from sync_cases
inner join sides on sync_cases.person_id = sides.person_id
where sync_cases.sync_case = 'lead_deleted' and sides.side = 'salesforce'
union all
select restorations.person_id, sides.side = 'salesforce', restorations.deleted_at,
    restorations.restored_at
from restorations
inner join sides on restorations.person_id = sides.person_id
where sides.side <> 'both';

-- What the timelines say of them, beside the moves between stages.
create or replace table truth_movements as
select cast(person_id as varchar) as person_id, 'deleted' as movement,
    not is_dated as is_observed, deleted_at as moved_at
from truth_absences
union all
select cast(person_id as varchar), 'restored', true, restored_at
from truth_absences
where restored_at is not null;

-- The stays of people, cut where their last record was deleted, and ended by a stage that
-- the company does not know.
create or replace table truth_stays as
select
    cast(true_visits.person_id as varchar) as person_id,
    true_visits.visit_number,
    true_visits.stage as lifecycle_stage,
    true_visits.valid_from,
    coalesce(true_visits.valid_to, truth_absences.deleted_at) as valid_to
from true_visits
left join truth_absences on true_visits.person_id = truth_absences.person_id
union all
select
    cast(true_visits.person_id as varchar), true_visits.visit_number + 1,
    true_visits.stage, truth_absences.restored_at, null
from true_visits
inner join truth_absences on true_visits.person_id = truth_absences.person_id
where true_visits.is_last and truth_absences.restored_at is not null
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

-- Stays that somebody began who was in another team then.
create or replace table truth_entry_teams as
select
    cast(person_id as varchar) as person_id,
    stage as lifecycle_stage,
    valid_from,
    'sales' as entered_by_team
from true_visits
where user_id = team_changer();

-- Accounts whose owner no history tells: the first extract and the second one differ.
create or replace table handovers as
select
    person_id,
    account_id,
    seller(person_id, 1) as first_owner,
    carer(person_id) as second_owner,
    getvariable('extracted_before_at')
    + to_seconds(3600 + cast(floor(chance(person_id, 'handed over') * 2400000) as bigint))
        as handed_over_at
from salesforce_ids
inner join sides using (person_id)
where
    sides.converted_at < getvariable('extracted_before_at') - interval 1 day
    and chance(person_id, 'hands over') < 0.15;

create or replace table truth_owners as
select
    'salesforce:company:' || account_id as record_id,
    'salesforce:user:' || salesforce_id('005', first_owner) as owner_id,
    false as is_observed,
    cast(null as timestamp) as entered_after_at,
    sides.converted_at as valid_from,
    handed_over_at as valid_to
from handovers
inner join sides using (person_id)
union all
select 'salesforce:company:' || account_id,
    'salesforce:user:' || salesforce_id('005', second_owner), true,
    getvariable('extracted_before_at'), handed_over_at, null
from handovers;
