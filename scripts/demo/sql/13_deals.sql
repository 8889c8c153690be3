-- Deals: the one behind each opportunity, side deals, expansions and renewals.

create or replace table deal_plan as
with opportunities as (
    select
        plan.*,
        plan.rule_code = 'AL01' as is_won_late,
        plan.variant in ('lost_still_open_stage', 'lost_one_of_two') as is_lost_late,
        coalesce(plan.variant in ('won_901', 'won_900'), false) as is_won_after_entry
    from plan
    where sql_result = 'opportunity' and sql_ended_at <= getvariable('as_of')
),

main_deals as (
    select
        person_id, cycle, 1 as number, 'default' as pipeline, seller_id,
        case when rule_code = 'EN10' then sql_ended_at + to_seconds(plant_seconds)
            else sql_ended_at - to_seconds(
                5 + cast(floor(chance(person_id, 'deal first') * 500) as bigint))
        end as opened_at,
        case
            when is_won_late then getvariable('as_of') - to_seconds(plant_seconds)
            when is_lost_late then getvariable('as_of') - interval 2 day
            when is_won_after_entry then opportunity_ended_at + to_seconds(plant_seconds)
            when variant = 'deal_left_open' then opportunity_ended_at + interval 2 day
            when rule_code = 'EX07' then opportunity_ended_at + to_seconds(plant_seconds)
            else opportunity_ended_at - to_seconds(
                5 + cast(floor(chance(person_id, 'deal last') * 240) as bigint))
        end as closed_at,
        case
            when is_won_late then 'closedwon'
            when is_lost_late then 'closedlost'
            when opportunity_result = 'customer' then 'closedwon'
            when opportunity_result = 'recycled' then 'onhold'
            else 'closedlost'
        end as last_stage
    from opportunities
),

-- A second deal that fell through on the way, or the one that keeps the case alive.
side_deals as (
    select
        person_id, cycle, 2 as number, 'default' as pipeline, seller_id,
        sql_ended_at + interval 1 day as opened_at,
        case when variant = 'lost_one_of_two' then cast('infinity' as timestamp)
            else sql_ended_at + interval 4 day end as closed_at,
        'closedlost' as last_stage
    from opportunities
    where
        variant = 'lost_one_of_two'
        or is_won_after_entry
        or rule_code is null and chance(person_id, 'side deal ' || cycle) < 0.16
),

reopened as (
    select
        person_id, cycle, 3 as number, 'default' as pipeline, seller_id,
        next_at - interval 40 second as opened_at,
        cast('infinity' as timestamp) as closed_at,
        'closedlost' as last_stage
    from plan_after
    where next_kind = 'lost_to_opportunity'
),

customers as (
    select person_id, cycle, seller_id, carer(person_id) as carer_id,
        opportunity_ended_at as won_at
    from opportunities
    where opportunity_result = 'customer' and opportunity_ended_at <= getvariable('as_of')
),

expansions as (
    select
        person_id, cycle, 4 as number, 'expansion' as pipeline, carer_id as seller_id,
        after_work(won_at + to_days(cast(
            40 + floor(chance(person_id, 'expands') * 120) as integer)),
            floor(chance(person_id, 'expands at') * 28800)) as opened_at,
        won_at + to_days(cast(
            190 + floor(chance(person_id, 'expanded') * 40) as integer)) as closed_at,
        case when chance(person_id, 'expansion won') < 0.65 then 'expansion_won'
            else 'expansion_lost' end as last_stage
    from customers
    where chance(person_id, 'expansion') < 0.4
),

renewals as (
    select
        person_id, cycle, 5 as number, 'renewals' as pipeline, carer_id as seller_id,
        after_work(won_at + interval 300 day, 3600) as opened_at,
        won_at + interval 365 day as closed_at,
        case when chance(person_id, 'renews') < 0.88 then 'renewal_won'
            else 'renewal_lost' end as last_stage
    from customers
),

together as (
    from main_deals union all by name from side_deals union all by name from reopened
    union all by name from expansions union all by name from renewals
)

select
    person_id * 100 + cycle * 10 + number as deal_id,
    *,
    coalesce(closed_at <= getvariable('as_of'), false) as is_ended
from together
where opened_at <= getvariable('as_of');

create or replace table deal_moves as
with steps as (
    select
        deal_plan.deal_id, deal_plan.seller_id, step.deal_stage,
        deal_plan.opened_at + to_seconds(cast(floor(step.share * date_diff('second',
            deal_plan.opened_at,
            least(deal_plan.closed_at, deal_plan.opened_at + interval 90 day)))
            as bigint)) as moved_at
    from deal_plan
    inner join (values
        ('default', 'appointmentscheduled', 0.0), ('default', 'qualifiedtobuy', 0.15),
        ('default', 'presentationscheduled', 0.35),
        ('default', 'decisionmakerboughtin', 0.6), ('default', 'contractsent', 0.85),
        ('expansion', 'expansion_open', 0.0), ('renewals', 'renewal_open', 0.0)
    ) as step (pipeline, deal_stage, share) on deal_plan.pipeline = step.pipeline
    where
        step.share = 0
        or deal_plan.last_stage = 'closedwon'
        or step.share < chance(deal_plan.deal_id, 'how far')
    union all
    select deal_id, seller_id, last_stage, closed_at from deal_plan
)

select
    *,
    row_number() over (partition by deal_id order by moved_at desc, deal_stage) = 1
        as is_current
from steps
where moved_at <= getvariable('as_of');

create or replace table deals as
select
    deal_plan.*,
    deal_moves.deal_stage,
    deal_moves.moved_at as last_moved_at,
    company_links.company_id,
    deal_plan.is_ended and deal_plan.last_stage <> 'onhold' as is_closed,
    deal_plan.is_ended and deal_plan.last_stage like '%won' as is_won,
    case when deal_plan.is_ended and deal_plan.last_stage = 'closedlost'
        then pick(['price_too_high', 'no_decision', 'bought_competitor', 'product_gap'],
            deal_plan.deal_id, 'lost for') end as lost_reason,
    case people.country when 'United States' then 'USD' when 'United Kingdom' then 'GBP'
        else 'EUR' end as currency,
    round(case deal_plan.pipeline when 'expansion' then 0.4 else 1.0 end
        * (2000 + 12 * least(people.employee_count, 4000))
        * (0.6 + chance(deal_plan.deal_id, 'amount')), -2) as amount
from deal_plan
inner join deal_moves on deal_plan.deal_id = deal_moves.deal_id and deal_moves.is_current
inner join people on deal_plan.person_id = people.person_id
inner join company_links on deal_plan.person_id = company_links.person_id;
