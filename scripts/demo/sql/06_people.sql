-- People as planned: the natural ones, bent where a plant concerns who they are.

create or replace table people as
select
    natural_people.* replace (
        case
            when plants.rule_code = 'TM01'
                then getvariable('as_of') - to_seconds(plants.seconds)
            when plants.variant in ('window_out', 'window_in')
                then natural_people.created_at - interval 100 day
            else natural_people.created_at
        end as created_at,
        case when plants.rule_code = 'EN06' then 'Germany' else natural_people.country end
            as country,
        case when plants.rule_code = 'EN06' then 'Manufacturing'
            else natural_people.industry end as industry,
        case
            when plants.variant in ('size_19', 'size_20') then plants.seconds
            when plants.rule_code = 'EN06' then 120 + natural_people.person_id % 400
            else natural_people.employee_count
        end as employee_count,
        case when plants.rule_code = 'EN06' then 'Analyst'
            else natural_people.job_title end as job_title
    ),
    plants.rule_code,
    plants.variant,
    plants.cycle as plant_cycle,
    coalesce(plants.seconds, 0) as plant_seconds
from natural_people
left join plants on natural_people.person_id = plants.person_id;

create or replace table entries_1 as
select
    person_id,
    case when channel = 'newsletter' then 'subscriber' else 'lead' end as entry_kind,
    created_at as entered_at,
    cast(null as timestamp) as converted_at
from people
where created_at <= getvariable('as_of');
