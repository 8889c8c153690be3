-- What buyers did and what sales did with them. Interest is planned to the point.

create or replace table submissions as
with stays as (
    select plan.*, people.channel, people.created_at
    from plan
    inner join people on plan.person_id = people.person_id
),

signups as (
    select person_id, cycle, 0 as number, 'f-newsletter' as form_id,
        entered_at as submitted_at
    from stays
    where cycle = 1 and channel = 'newsletter'
),

first_content as (
    select person_id, cycle, 1 as number,
        case when rule_code = 'EN07' then 'f-guide'
            else pick(['f-guide', 'f-guide', 'f-paper', 'f-webinar'],
                person_id, 'content ' || cycle) end as form_id,
        coalesce(entry_converted_at, lead_at) as submitted_at
    from stays
    where
        lead_at is not null
        and (cycle > 1 or channel in ('form', 'newsletter'))
),

-- Someone who stays a lead looks at one thing more, which is not enough.
more_content as (
    select person_id, cycle, 2 as number, 'f-guide' as form_id,
        buyer_moment(lead_at + to_days(cast(
            3 + floor(chance(person_id, 'more day ' || cycle) * 40) as integer)),
            lead_at, person_id, 'more ' || cycle) as submitted_at
    from stays
    where lead_at is not null and lead_result = 'recycled'
        and chance(person_id, 'more ' || cycle) < 0.4
),

decisive as (
    select person_id, cycle, 3 as number,
        pick(['f-demo', 'f-demo', 'f-demo', 'f-pricing', 'f-sales', 'f-trial'],
            person_id, 'decisive ' || cycle) as form_id,
        case when variant in ('interest_901', 'interest_900')
            then mql_at + to_seconds(plant_seconds) else converted_at end as submitted_at
    from stays
    where mql_at is not null and interest_kind = 'decisive'
),

-- 25 + 15 + 25 beside the first content; a plant has 15 + 25 + 5 + 15, or 5 less.
scored as (
    select stays.person_id, stays.cycle, step.number, step.form_id,
        stays.lead_at + to_seconds(cast(floor(
            step.share * date_diff('second', stays.lead_at, stays.converted_at)) as bigint))
            as submitted_at
    from stays
    inner join (values
        (false, 4, 'f-webinar', 0.3), (false, 5, 'f-paper', 0.65),
        (false, 6, 'f-webinar', 1.0),
        (true, 4, 'f-webinar', 0.3), (true, 5, 'f-newsletter', 0.65),
        (true, 6, 'f-paper', 1.0)
    ) as step (is_planted, number, form_id, share)
        on coalesce(stays.rule_code = 'EN07', false) = step.is_planted
    where stays.mql_at is not null and stays.interest_kind = 'score'
        and not (coalesce(stays.variant = 'score_55', false) and step.number = 5)
),

-- 25 at the very start of the window, then 15 + 15 + 5.
windowed as (
    select stays.person_id, stays.cycle, step.number, step.form_id,
        case step.number when 7 then stays.mql_at - interval 90 day
            + to_seconds(stays.plant_seconds)
            else stays.converted_at - to_days(step.days_before) end as submitted_at
    from stays
    cross join (values (7, 'f-webinar', 0), (8, 'f-guide', 30), (9, 'f-newsletter', 12),
        (10, 'f-paper', 0)) as step (number, form_id, days_before)
    where stays.mql_at is not null and stays.interest_kind = 'window'
),

-- Somebody who plays no part reads on at the very end, so that the data end there.
last_signup as (
    select min(person_id) as person_id, 1 as cycle, 11 as number,
        'f-newsletter' as form_id, getvariable('as_of') as submitted_at
    from people
    where rule_code is null
),

together as (
    from signups union all by name from first_content union all by name from more_content
    union all by name from decisive union all by name from scored
    union all by name from windowed union all by name from last_signup
)

select person_id * 1000 + cycle * 100 + number as conversion_id, *
from together
where submitted_at <= getvariable('as_of');

create or replace table engagements as
with touches as (
    select true_visits.person_id, true_visits.cycle, true_visits.visit_number,
        true_visits.stage,
        true_visits.user_id, touch.number, touch.kind, touch.direction,
        case touch.anchor when 'entry' then after_work(true_visits.valid_from,
            touch.seconds + floor(
                chance(true_visits.person_id, 'touch ' || touch.number) * touch.spread))
            else true_visits.valid_to - to_seconds(touch.seconds)
        end as occurred_at,
        coalesce(true_visits.valid_to, getvariable('as_of')) as latest_at
    from true_visits
    inner join (values
        ('sal', 1, 'CALL', 'OUTBOUND', 'entry', 1200, 14000),
        ('sal', 2, 'EMAIL', 'OUTBOUND', 'entry', 16000, 60000),
        ('sql', 3, 'MEETING', null, 'entry', 9000, 50000),
        ('sql', 4, 'EMAIL', 'INCOMING', 'entry', 20000, 60000),
        ('opportunity', 5, 'MEETING', null, 'entry', 20000, 90000),
        ('opportunity', 6, 'EMAIL', 'OUTBOUND', 'entry', 100000, 90000),
        ('opportunity', 7, 'MEETING', null, 'entry', 200000, 200000),
        ('opportunity', 8, 'NOTE', null, 'entry', 210000, 300000),
        ('customer', 9, 'MEETING', null, 'entry', 60000, 200000),
        ('recycled', 10, 'NOTE', null, 'entry', 60, 600)
    ) as touch (stage, number, kind, direction, anchor, seconds, spread)
        on true_visits.stage = touch.stage
)

select
    700000000000 + person_id * 1000 + visit_number * 16 + number as engagement_id,
    person_id,
    case kind when 'EMAIL' then case direction when 'INCOMING' then 'INCOMING_EMAIL'
        else 'EMAIL' end else kind end as engagement_type,
    kind,
    direction,
    occurred_at,
    case
        when stage = 'sal' then developer(person_id, cycle)
        when stage = 'customer' then carer(person_id)
        else seller(person_id, cycle)
    end as user_id
from touches
where occurred_at <= least(latest_at, getvariable('as_of'));
