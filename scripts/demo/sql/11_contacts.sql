-- Changes of contact properties, the companies, and the contacts as they stand today.

create or replace table company_links as
select
    people.person_id,
    -- Whoever buys has a company of their own; the others share one with colleagues.
    case when max(plan.sql_result = 'opportunity' or plan_after.next_kind
        = 'lost_to_opportunity') then 40000000 + people.person_id
        when people.rule_code = 'EN06' then 60000000 + people.person_id
        else 20000000 + people.company_number end as company_id
from people
inner join plan on people.person_id = plan.person_id
inner join plan_after
    on plan.person_id = plan_after.person_id and plan.cycle = plan_after.cycle
group by people.person_id, people.company_number, people.rule_code;

create or replace table companies as
select
    company_links.company_id,
    pick(['Nord', 'Alpen', 'Blue', 'Silver', 'Rapid', 'Green', 'Urban', 'Prime', 'Delta',
        'Orbit', 'Harbor', 'Summit', 'Maple', 'Cobalt', 'Lumen', 'Vertex', 'Pixel',
        'Quanta', 'River', 'Solid'], company_links.company_id, 'name')
    || pick(['works', 'soft', 'logic', 'data', 'systems', 'trade', 'line', 'care', 'bank',
        'parts', 'labs', 'media', 'net', 'tec', 'group'], company_links.company_id, 'tail')
    || ' ' || pick(['GmbH', 'AG', 'Ltd', 'Inc', 'BV', 'SAS'],
        company_links.company_id, 'form') as company_name,
    'c' || company_links.company_id || '.example' as domain,
    min(people.country) as country,
    case when max(people.variant) in ('fit_901', 'fit_900') then null
        else min(people.industry) end as industry,
    min(people.employee_count) as employee_count,
    min(people.created_at) as created_at
from company_links
inner join people on company_links.person_id = people.person_id
group by company_links.company_id;

create or replace table reasons_given as
select
    planned_moves.person_id,
    planned_moves.cycle,
    planned_moves.moved_at,
    planned_moves.actor,
    planned_moves.user_id,
    plan.rule_code as plant_rule,
    plan.variant,
    plan.plant_seconds,
    plan.rule_code = 'EX03' and planned_moves.moved_at = plan.decided_at as is_bent,
    case planned_moves.stage
        when 'recycled' then pick(['too_early', 'too_early', 'budget_missing',
            'budget_missing', 'unresponsive', 'unresponsive', 'contract_running',
            'no_authority'], planned_moves.person_id, 'why ' || planned_moves.moved_at)
        when 'disqualified' then pick(['no_fit', 'no_fit', 'no_need', 'not_interested',
            'student_or_job_seeker', 'bad_data', 'competitor', 'spam'],
            planned_moves.person_id, 'why ' || planned_moves.moved_at)
        else pick(['price_too_high', 'price_too_high', 'no_decision', 'no_decision',
            'bought_competitor', 'product_gap'],
            planned_moves.person_id, 'why ' || planned_moves.moved_at)
    end as reason
from planned_moves
inner join plan
    on planned_moves.person_id = plan.person_id and planned_moves.cycle = plan.cycle
where planned_moves.stage in ('recycled', 'disqualified', 'closed_lost');

-- The owner follows the stage.
create or replace table owners_given as
with owned as (
    select
        person_id,
        valid_from as moved_at,
        case
            when stage in ('subscriber', 'lead', 'recycled') then marketer(person_id)
            when stage in ('mql', 'sal') then developer(person_id, cycle)
            when stage = 'customer' then carer(person_id)
            when stage = 'disqualified' then ops_member(person_id)
            else seller(person_id, cycle)
        end as owner_user_id
    from true_visits
)

select
    *,
    lag(owner_user_id) over (partition by person_id order by moved_at) as previous_user_id
from owned;
