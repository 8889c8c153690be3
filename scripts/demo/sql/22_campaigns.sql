-- Campaigns of marketing in Salesforce, and who of the people there responded. Only people
-- without a plant do, so that no plant gains interest by it.

create or replace table campaigns as
select
    kind.number * 100000 + year(quarters.quarter_on) * 10 + quarter(quarters.quarter_on)
        as campaign_number,
    kind.campaign_type,
    kind.name || ' ' || year(quarters.quarter_on) || ' Q' || quarter(quarters.quarter_on)
        as campaign_name,
    quarters.quarter_on
from (values (1, 'Trade Show', 'Trade show'), (2, 'Webinar', 'Webinar'),
    (3, 'Email', 'Newsletter')) as kind (number, campaign_type, name)
cross join (
    select unnest(generate_series(
        date_trunc('quarter', getvariable('starts_at')), getvariable('as_of'),
        interval 3 month)) as quarter_on
) as quarters;

create or replace table campaign_members as
with invited as (
    select
        people.person_id,
        1 as kind_number,
        people.created_at as joined_at,
        greatest(people.created_at, sides.lead_created_at) as listed_at,
        true as has_responded,
        true as has_day
    from people
    inner join sides on people.person_id = sides.person_id
    where people.channel = 'import'
    union all
    select
        person_id,
        2,
        after_work(lead_created_at, 3600 + floor(chance(person_id, 'webinar at') * 300000)),
        lead_created_at,
        chance(person_id, 'attends') < 0.6,
        chance(person_id, 'noted') < 0.9
    from sides
    where chance(person_id, 'invited') < 0.35
    union all
    select person_id, 3, lead_created_at + interval 9 day, lead_created_at + interval 9 day,
        false, false
    from sides
    where chance(person_id, 'mailed') < 0.25
)

select
    invited.person_id,
    salesforce_ids.lead_id,
    salesforce_ids.contact_id,
    campaigns.campaign_number,
    invited.kind_number,
    invited.has_responded,
    case when invited.has_responded and invited.has_day
        then date_trunc('day', invited.joined_at) end as responded_on,
    invited.listed_at
from invited
inner join sides on invited.person_id = sides.person_id and sides.is_ordinary
inner join salesforce_ids on invited.person_id = salesforce_ids.person_id
inner join sync_cases
    on invited.person_id = sync_cases.person_id and sync_cases.sync_case = 'none'
inner join campaigns
    on
        campaigns.campaign_number // 100000 = invited.kind_number
        and campaigns.quarter_on = date_trunc('quarter', invited.joined_at)
where
    invited.joined_at <= getvariable('as_of')
    and invited.listed_at <= getvariable('as_of');

create or replace table truth_responses as
select
    cast(person_id as varchar) as person_id,
    'salesforce:campaign:' || salesforce_id('701', campaign_number) as campaign_id,
    -- a day is all that is known, if it is not the day on which somebody wrote it down
    case when responded_on = date_trunc('day', listed_at) then listed_at else responded_on end
        as responded_at
from campaign_members
where responded_on is not null;
