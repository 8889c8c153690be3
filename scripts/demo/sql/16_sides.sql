-- Who is in which CRM, and since when. Marketing's HubSpot takes everybody whom sales did
-- not find itself; from the MQL on the sync makes a lead of them in sales' Salesforce.

create or replace macro sync_delay(id, moment) as to_seconds(
    40 + cast(floor(chance(id, 'sync ' || moment) * 200) as bigint));

-- When a value given in one CRM is written to the other.
create or replace macro synced_at(id, moment) as case
    when
        moment + sync_delay(id, moment) between
        getvariable('outage_from') and getvariable('outage_to')
        then getvariable('outage_to') + 10 * sync_delay(id, moment)
    else moment + sync_delay(id, moment)
end;

create or replace table sides as
with worked as (
    select
        person_id,
        min(valid_from) filter (
            where stage not in ('subscriber', 'lead', 'recycled', 'disqualified')
        ) as worked_at,
        min(valid_from) filter (where visit_number = 2) as moved_on_at,
        max(valid_from) as last_moved_at,
        max_by(stage, visit_number) as last_stage
    from true_visits
    group by person_id
),

sold as (
    select person_id, min(opened_at) as converted_at
    from deal_plan
    group by person_id
),

readers as (
    select distinct person_id from submissions
),

placed as (
    select
        people.person_id,
        people.channel,
        people.created_at,
        people.rule_code is null as is_ordinary,
        people.variant,
        worked.last_moved_at,
        worked.last_stage,
        sold.converted_at,
        synced_at(people.person_id, worked.worked_at) as synced_at,
        case
            when
                people.channel in ('sales', 'import') and people.rule_code is null
                and readers.person_id is null and worked.last_moved_at is not null
                and chance(people.person_id, 'only salesforce') < 0.6
                and coalesce(
                    worked.moved_on_at > getvariable('connected_at'),
                    people.created_at > getvariable('connected_at'))
                then 'salesforce'
            when people.variant in ('lead_made_3_days_1_minute', 'lead_made_3_days')
                then 'hubspot'
            when people.rule_code in ('AL01', 'HY11', 'MV08') then 'both'
            when
                worked.worked_at > getvariable('connected_at')
                and synced_at(people.person_id, worked.worked_at)
                < coalesce(sold.converted_at, getvariable('as_of') - interval 1 hour)
                and chance(people.person_id, 'only hubspot') < 0.95
                then 'both'
            else 'hubspot'
        end as side
    from people
    left join worked on people.person_id = worked.person_id
    left join sold on people.person_id = sold.person_id
    left join readers on people.person_id = readers.person_id
)

select
    person_id,
    side,
    channel,
    is_ordinary,
    variant,
    last_moved_at,
    last_stage,
    case side when 'both' then synced_at when 'salesforce' then created_at end
        as lead_created_at,
    case when side = 'both' then converted_at end as converted_at
from placed;
