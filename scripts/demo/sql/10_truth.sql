-- The ground truth: every planted subject, near-misses and unavoidable consequences included.

create or replace table truth_subjects as
with planted as (
    select
        plan.*,
        plants.kind,
        plan_after.next_at,
        plan_after.next_kind,
        later.mql_at as later_mql_at,
        sides.converted_at as lead_converted_at
    from plants
    inner join plan on plants.person_id = plan.person_id and plants.cycle = plan.cycle
    inner join plan_after
        on plants.person_id = plan_after.person_id and plants.cycle = plan_after.cycle
    inner join sides on plants.person_id = sides.person_id
    left join plan as later
        on plants.person_id = later.person_id and plants.cycle + 1 = later.cycle
),

dated as (
    select
        rule_code,
        case
            when rule_code in ('EN03', 'EN06', 'EN07', 'EN10', 'EN12', 'EX07', 'TM01')
                then 'stage_visit'
            when rule_code like 'MV%' then 'transition'
            when rule_code in ('EX02', 'EX03', 'TM03') then 'handoff'
            when rule_code in ('HY02', 'HY03', 'HY04', 'HY12', 'HY13') then 'record'
            when rule_code = 'MV08' then 'record_change'
            else 'person'
        end as subject_type,
        case
            when rule_code in ('HY02', 'HY03', 'HY04', 'HY13')
                then 'hubspot:contact:' || person_id
            when variant = 'twin_alive' then 'hubspot:contact:' || 5100000000 + person_id
            when rule_code = 'MV08'
                then 'salesforce:lead:' || salesforce_id('00Q', person_id) || ' lead_status'
            when variant = 'twin_merged' then 'hubspot:contact:' || person_id
            else cast(person_id as varchar)
        end as subject,
        case
            when rule_code in ('EN03', 'TM01') then lead_at
            when rule_code in ('EN06', 'EN07', 'EX02', 'EX03', 'TM03') then mql_at
            when rule_code in ('EN10', 'EX07') then sql_ended_at
            when rule_code = 'EN12' then opportunity_ended_at
            when rule_code = 'MV08' then lead_converted_at
            when rule_code = 'MV09' then lead_at
            when variant = 'lost_to_mql' then later_mql_at
            when variant in ('lost_to_opportunity', 'disqualified_to_recycled',
                'disqualified_to_lead') then next_at
            when variant in ('lead_to_sal', 'mql_one_second', 'seller_to_sal', 'auto_sal',
                'mobile_sal')
                then decided_at
            when variant = 'developer_to_sql' then sal_ended_at
        end as subject_at,
        kind = 'breach' as is_breach,
        kind,
        variant
    from planted
),

-- Mql to sql jumps a required stage and is no move of the model; nor is lead to sal.
consequences as (
    select 'MV01' as rule_code, sal_ended_at as subject_at, * exclude (rule_code)
    from planted
    where variant = 'implicit'
    union all
    select 'MV02', sal_ended_at, * exclude (rule_code) from planted where variant = 'implicit'
    union all
    select 'MV01', decided_at, * exclude (rule_code) from planted
    where variant = 'lead_to_sal'
    union all
    -- nor is a status a stage
    select 'HY02', null, * exclude (rule_code) from planted
    where variant = 'stage_is_status'
    union all
    -- scores that ran out made some wait too long as leads
    select 'TM01', lead_at, * exclude (rule_code) from planted
    where
        variant in ('window_in', 'window_out')
        and coalesce(mql_at, getvariable('as_of')) > lead_at + interval 90 day
)

select * from dated
union all
select rule_code,
    case rule_code when 'HY02' then 'record' when 'TM01' then 'stage_visit'
        else 'transition' end,
    case rule_code when 'HY02' then 'hubspot:contact:' || person_id
        else cast(person_id as varchar) end,
    subject_at, true, 'consequence', variant
from consequences;
