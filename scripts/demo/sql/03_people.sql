-- One row per person: when and how they came, where they work, whether they fit.

create or replace table arrival_days as
with days as (
    select day_on, (day_on - cast(getvariable('starts_at') as date)) as day_number
    from calendar_days
    where
        day_on >= cast(getvariable('starts_at') as date)
        and day_on < cast(getvariable('as_of') as date)
),

weighted as (
    -- Growth over the months, quiet summers and Decembers, quiet weekends.
    select
        day_on,
        (1 + day_number / 400.0)
        * case month(day_on) when 8 then 0.6 when 12 then 0.65 when 7 then 0.8
            when 3 then 1.15 when 9 then 1.25 when 10 then 1.2 else 1.0 end
        * case isodow(day_on) when 6 then 0.3 when 7 then 0.35 when 2 then 1.2
            when 3 then 1.15 when 5 then 0.85 else 1.0 end as weight
    from days
),

summed as (
    select
        day_on,
        weight,
        sum(weight) over (order by day_on) as weight_to,
        sum(weight) over () as weight_total
    from weighted
)

select
    day_on,
    (weight_to - weight) / weight_total as share_from,
    case when row_number() over (order by day_on desc) = 1 then 2
        else weight_to / weight_total end as share_to
from summed;

create or replace table arrivals as
with numbered as (
    select
        cast(number as bigint) as number,
        100001 + cast(number as bigint) as person_id,
        (number + 0.5) / getvariable('people_count') as arrival_share
    from range(getvariable('people_count')) as spine (number)
),

channelled as (
    select
        numbered.*,
        arrival_days.day_on,
        case
            when chance(person_id, 'channel') < 0.12 then 'newsletter'
            when chance(person_id, 'channel') < 0.20 then 'import'
            when chance(person_id, 'channel') < 0.28 then 'sales'
            else 'form'
        end as channel
    from numbered
    inner join arrival_days
        on
            numbered.arrival_share >= arrival_days.share_from
            and numbered.arrival_share < arrival_days.share_to
)

select
    person_id,
    channel,
    case channel
        when 'import'
            -- Trade-show lists come in once a quarter and within a minute.
            then at_work(work_position(least(
                date_trunc('quarter', day_on) + interval 75 day,
                getvariable('as_of') - interval 12 day)) + 5400) + to_seconds(person_id % 50)
        when 'sales'
            then after_work(
                cast(day_on as timestamp) - interval 3 day,
                floor(chance(person_id, 'created') * 28800))
        else
            buyer_moment(
                cast(day_on as timestamp),
                cast(day_on as timestamp) - interval 1 day, person_id, 'created')
    end as created_at
from channelled;

set variable served_countries = [
    'Germany', 'Germany', 'Germany', 'Austria', 'Switzerland', 'United Kingdom',
    'United Kingdom', 'France', 'Netherlands', 'Belgium', 'Denmark', 'Sweden', 'Ireland',
    'United States', 'United States'
];
set variable served_industries = [
    'Computer Software', 'Computer Software', 'Information Technology',
    'Financial Services', 'Manufacturing', 'Manufacturing', 'Consulting', 'Healthcare',
    'Retail', 'Logistics', 'Telecommunications'
];

create or replace table natural_people as
with placed as (
    -- Colleagues share a company number, and with it its attributes.
    select
        *,
        cast(floor(chance(person_id, 'company')
            * greatest(getvariable('people_count') * 0.4, 1)) as bigint) as company_number,
        case channel
            when 'import' then 'OFFLINE'
            when 'sales' then 'OFFLINE'
            else pick([
                'ORGANIC_SEARCH', 'ORGANIC_SEARCH', 'ORGANIC_SEARCH', 'ORGANIC_SEARCH',
                'ORGANIC_SEARCH', 'ORGANIC_SEARCH', 'PAID_SEARCH', 'PAID_SEARCH',
                'PAID_SEARCH', 'PAID_SEARCH', 'PAID_SOCIAL', 'PAID_SOCIAL', 'PAID_SOCIAL',
                'SOCIAL_MEDIA', 'DIRECT_TRAFFIC', 'DIRECT_TRAFFIC', 'REFERRALS',
                'REFERRALS', 'EMAIL_MARKETING', 'OTHER_CAMPAIGNS'], person_id, 'source')
        end as source_value
    from arrivals
),

described as (
    select
        *,
        case when chance(company_number, 'country fits') < 0.88
            then pick(getvariable('served_countries'), company_number, 'country')
            else pick(['Brazil', 'India', 'Spain', 'Poland', 'Japan'],
                company_number, 'country') end as country,
        case when chance(company_number, 'industry fits') < 0.84
            then pick(getvariable('served_industries'), company_number, 'industry')
            else pick(['Education', 'Government', 'Hospitality', 'Agriculture'],
                company_number, 'industry') end as industry,
        case when chance(company_number, 'size fits') < 0.78
            then cast(20 + floor(pow(10, 0.3 + 3.2 * pow(
                chance(company_number, 'size'), 1.4))) as bigint)
            else cast(1 + floor(chance(company_number, 'size') * 19) as bigint)
        end as employee_count,
        chance(person_id, 'title fits') < 0.72 as has_buying_role,
        case source_value
            when 'REFERRALS' then 1.5 when 'DIRECT_TRAFFIC' then 1.2
            when 'ORGANIC_SEARCH' then 1.15 when 'OFFLINE' then 0.9
            when 'PAID_SEARCH' then 1.0 when 'EMAIL_MARKETING' then 1.0
            when 'SOCIAL_MEDIA' then 0.7 when 'PAID_SOCIAL' then 0.5 else 0.8
        end as quality
    from placed
)

select
    *,
    case when has_buying_role
        then pick(['Head of Marketing', 'Head of Sales', 'Marketing Director',
            'Sales Operations Manager', 'CEO', 'CTO', 'VP Sales', 'Founder',
            'IT Manager', 'Chief Revenue Officer'], person_id, 'title')
        else pick(['Analyst', 'Consultant', 'Engineer', 'Student', 'Assistant',
            'Account Specialist'], person_id, 'title') end as job_title,
    (country in (select unnest(getvariable('served_countries'))))::integer
    + (industry in (select unnest(getvariable('served_industries'))))::integer
    + (employee_count >= 20)::integer
    + has_buying_role::integer >= 3 as is_fitting
from described;
