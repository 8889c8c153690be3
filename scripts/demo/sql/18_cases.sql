-- What goes wrong inside and between two CRMs without breaking a rule: none of it changes
-- what is true about a person.

-- A later form with another address makes a second contact, merged away some days after. Who
-- is off the funnel by then would come back by it, so these are people who are in it.
-- Once the first contact survived a merge; now a new contact takes both in, and some of
-- those are merged again.
create or replace table duplicates as
with second_forms as (
    select
        people.person_id,
        people.created_at + to_days(cast(
            6 + floor(chance(people.person_id, 'twice') * 60) as integer)) as created_at,
        people.created_at + interval 80 day as merged_at
    from people
    inner join sides on people.person_id = sides.person_id
    where
        people.channel = 'form' and people.rule_code is null
        and people.created_at < getvariable('as_of') - interval 90 day
)

select
    second_forms.person_id,
    5000000000 + second_forms.person_id as contact_id,
    case second_forms.person_id % 3 when 0 then 'survivor' when 1 then 'new' else 'chain' end
        as merge_kind,
    second_forms.created_at,
    second_forms.merged_at
from second_forms
anti join true_visits as off_funnel
    on
        second_forms.person_id = off_funnel.person_id
        and off_funnel.stage in ('recycled', 'disqualified', 'closed_lost')
        and off_funnel.valid_from <= second_forms.created_at
        and coalesce(off_funnel.valid_to, 'infinity') > second_forms.created_at
order by chance(second_forms.person_id, 'duplicate'), second_forms.person_id
limit getvariable('duplicate_count');

-- Each ordinary person has at most one of these.
create or replace table sync_cases as
select
    person_id,
    case
        when not is_ordinary then 'none'
        -- the sync forgot the ids: only the address says that both are one
        when side = 'both' and lot < 0.12 then 'no_ids'
        when side = 'both' and lot < 0.17 and converted_at is not null then 'two_leads'
        when
            side = 'both' and lot < 0.23
            and coalesce(converted_at, lead_created_at) < getvariable('as_of') - interval 9 day
            then 'merged_in_salesforce'
        when
            side = 'both' and lot < 0.26 and converted_at is null
            and last_moved_at < getvariable('as_of') - interval 1 day
            and last_moved_at not between getvariable('outage_from') - interval 1 day
            and getvariable('outage_to')
            then 'lead_deleted'
        when side = 'both' and lot < 0.29 then 'shared_mailbox'
        when side = 'hubspot' and lot < 0.01 then 'shared_mailbox'
        when
            side = 'hubspot' and lot < 0.03
            and last_moved_at < getvariable('as_of') - interval 1 day
            then 'odd_value'
        when
            side = 'hubspot' and lot < 0.04
            and last_moved_at < getvariable('as_of') - interval 1 day
            and person_id not in (select person_id from duplicates)
            then 'contact_deleted'
        when
            side = 'salesforce' and lot < 0.15
            and last_moved_at < getvariable('as_of') - interval 1 day
            then 'lead_deleted'
        -- taken out of the bin again after some days or weeks
        when
            side = 'hubspot' and lot between 0.04 and 0.08 and is_at_rest
            and person_id not in (select person_id from duplicates)
            then 'contact_restored'
        when side = 'salesforce' and lot between 0.15 and 0.40 and is_at_rest
            then 'lead_restored'
        when
            side = 'both' and lot between 0.29 and 0.40 and converted_at is null
            and is_quiet
            then 'lead_restored'
        when
            side = 'both' and lot between 0.29 and 0.60 and converted_at < quiet_from
            and is_quiet
            then 'sales_contact_restored'
        else 'none'
    end as sync_case
from (
    select
        *,
        chance(person_id, 'sync case') as lot,
        getvariable('extracted_before_at') - interval 35 day as quiet_from,
        last_moved_at < quiet_from as is_quiet,
        is_quiet
        and last_stage in ('lead', 'recycled', 'disqualified', 'customer') as is_at_rest,
        person_id = min(person_id) filter (where is_ordinary) over () as is_last_reader
    from sides
)
where not is_last_reader;

-- Deleted before the first extract, and back before the second one.
create or replace table restorations as
select
    person_id,
    sync_case,
    getvariable('extracted_before_at')
    - to_seconds(3600 + cast(floor(chance(person_id, 'binned') * 2400000) as bigint))
        as deleted_at,
    getvariable('extracted_before_at')
    + to_seconds(3600 + cast(floor(chance(person_id, 'unbinned') * 2400000) as bigint))
        as restored_at
from sync_cases
where sync_case in ('contact_restored', 'lead_restored', 'sales_contact_restored');

-- A stale value comes back after a rejection, and the sync mends it.
create or replace table stray_writes as
with rejections as (
    select given.*
    from given
    inner join sides on given.person_id = sides.person_id
    inner join true_visits as rejected
        on
            given.person_id = rejected.person_id
            and given.changed_at = rejected.valid_from
    inner join true_visits as offered
        on
            rejected.person_id = offered.person_id
            and rejected.visit_number = offered.visit_number + 1
            and offered.stage = 'mql'
    where
        sides.is_ordinary
        and given.crm = 'salesforce' and given.name = 'lifecyclestage'
        and given.value in ('recycled', 'disqualified')
        and given.copied_at < given.changed_at + interval 10 minute
        and given.copied_at + interval 1 hour
        < coalesce(given.next_changed_at, getvariable('as_of'))
        and chance(given.person_id, 'echo') < 0.3
),

odd_values as (
    select person_id, name, value, after_work(halfway(changed_at), 600) as changed_at
    from given
    inner join sync_cases using (person_id)
    where
        sync_case = 'odd_value' and name = 'lifecyclestage' and next_changed_at is null
        and after_work(halfway(changed_at), 9000) <= getvariable('as_of')
)

select person_id, name, 'marketingqualifiedlead' as value,
    copied_at + interval 4 minute as changed_at, 'sync' as actor,
    cast(null as bigint) as user_id
from rejections
union all
select person_id, name, value, copied_at + interval 9 minute, 'sync', null
from rejections
union all
select person_id, name, 'Under review', changed_at, 'user', ops_member(person_id)
from odd_values
union all
select person_id, name, value, after_work(changed_at, 7200), 'user', ops_member(person_id)
from odd_values;

create or replace table mailboxes as
select
    people.person_id,
    companies.domain,
    case when sync_cases.sync_case = 'shared_mailbox' then 'info@' || companies.domain
        else lower(pick(getvariable('first_names'), people.person_id, 'first') || '.'
            || pick(getvariable('last_names'), people.person_id, 'last') || '.'
            || people.person_id || '@' || companies.domain) end as email
from people
inner join company_links on people.person_id = company_links.person_id
inner join companies on company_links.company_id = companies.company_id
left join sync_cases on people.person_id = sync_cases.person_id;
