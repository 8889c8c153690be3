-- The records that each person has in the two CRMs.

-- Every contact that carries the person's own history, with the time at which it ended.
create or replace table hubspot_contacts as
with first_contacts as (
    select
        sides.person_id,
        sides.person_id as contact_id,
        case
            when duplicates.merge_kind = 'survivor' then cast(duplicates.contact_id as varchar)
            when sides.variant = 'twin_merged'
                then cast(5100000000 + sides.person_id as varchar)
        end as merged_ids,
        cast(null as timestamp) as merged_at,
        case when duplicates.merge_kind <> 'survivor' then duplicates.merged_at end as ended_at,
        coalesce(sync_cases.sync_case = 'contact_deleted', false) as is_deleted
    from sides
    left join duplicates on sides.person_id = duplicates.person_id
    left join sync_cases on sides.person_id = sync_cases.person_id
    where sides.side <> 'salesforce'
),

second_contacts as (
    select person_id, 6000000000 + person_id as contact_id,
        person_id || ';' || contact_id as merged_ids, merged_at,
        case merge_kind when 'chain' then merged_at + interval 5 day end as ended_at,
        false as is_deleted
    from duplicates
    where merge_kind <> 'survivor'
),

third_contacts as (
    select person_id, 6500000000 + person_id as contact_id,
        (6000000000 + person_id) || ';' || (5500000000 + person_id) as merged_ids,
        merged_at + interval 5 day as merged_at, cast(null as timestamp) as ended_at,
        false as is_deleted
    from duplicates
    where merge_kind = 'chain'
),

together as (
    from first_contacts union all by name from second_contacts
    union all by name from third_contacts
)

select
    *,
    ended_at is null as is_main,
    max(contact_id) filter (where ended_at is null) over (partition by person_id) as main_id
from together;

-- The second and third contacts of a person, who were taken for somebody else. A plant is
-- a second contact with the very same address, which nobody merged, or somebody did.
create or replace table strangers as
select person_id, contact_id, merge_kind = 'survivor' as is_in_audit,
    false as has_same_address, created_at, merged_at
from duplicates
union all
select person_id, 5500000000 + person_id, false, false, created_at + interval 5 day,
    merged_at + interval 5 day
from duplicates
where merge_kind = 'chain'
union all
select person_id, 5100000000 + person_id, variant = 'twin_merged', true,
    halfway(created_at),
    case when variant = 'twin_merged' then halfway(halfway(created_at)) end
from people
where variant in ('twin_alive', 'twin_merged');

-- With two contacts of one address, nobody knows whose a lead of that address is.
create or replace table nobodys_leads as
select
    person_id,
    salesforce_id('00Q', 910000000 + person_id) as lead_id,
    halfway(halfway(created_at)) as created_at
from people
where variant = 'twin_alive' and person_id % 2 = 0;

-- Somebody makes a lead of a person whom HubSpot knows better: nobody comes back by it, but
-- from then on the two records disagree.
create or replace table late_leads as
select
    person_id,
    salesforce_id('00Q', 920000000 + person_id) as lead_id,
    getvariable('as_of') - to_seconds(plant_seconds) as created_at
from people
where variant in ('lead_made_3_days_1_minute', 'lead_made_3_days');

create or replace table salesforce_ids as
select
    sides.person_id,
    salesforce_id('00Q', sides.person_id) as lead_id,
    case when sides.converted_at is not null
        then salesforce_id('003', sides.person_id) end as contact_id,
    case when sides.converted_at is not null
        then salesforce_id('001', company_links.company_id) end as account_id,
    -- What HubSpot knows of them: some integrations keep the short form.
    case
        when sides.side <> 'both' or sync_cases.sync_case = 'no_ids' then null
        when sides.converted_at is not null then null
        when sides.person_id % 3 = 0 then salesforce_short_id('00Q', sides.person_id)
        else salesforce_id('00Q', sides.person_id)
    end as lead_link,
    case
        when sides.side <> 'both' or sync_cases.sync_case = 'no_ids' then null
        when sides.converted_at is null then null
        when sides.person_id % 3 = 0 then salesforce_short_id('003', sides.person_id)
        else salesforce_id('003', sides.person_id)
    end as contact_link
from sides
inner join company_links on sides.person_id = company_links.person_id
left join sync_cases on sides.person_id = sync_cases.person_id
where sides.side <> 'hubspot';

-- Second records of one person: two leads that became one contact, and records merged
-- into another one.
create or replace table salesforce_twins as
select
    sides.person_id,
    sync_cases.sync_case,
    case when sync_cases.sync_case = 'two_leads' or sides.converted_at is null
        then 'lead' else 'contact' end as object_type,
    case
        when sync_cases.sync_case = 'two_leads'
            then sides.lead_created_at + to_seconds(
                date_diff('second', sides.lead_created_at, sides.converted_at) // 2)
        else coalesce(sides.converted_at, sides.lead_created_at) + interval 1 day
    end as created_at,
    case
        when sync_cases.sync_case = 'two_leads' then sides.converted_at
        else coalesce(sides.converted_at, sides.lead_created_at) + interval 6 day
    end as ended_at
from sides
inner join sync_cases on sides.person_id = sync_cases.person_id
where sync_cases.sync_case in ('two_leads', 'merged_in_salesforce');
