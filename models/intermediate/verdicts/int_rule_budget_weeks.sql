-- One row per rule with enough judged subjects for its budget: what the budget judges.
-- That is the last complete weeks that together hold as many judged subjects as the
-- policy asks for; for rules about the state of things (hygiene, alignment, stage
-- model) the as-of moment. The stage model is judged whole, however few stages it has.

with

weekly as (

    select * from {{ ref('int_rule_results_weekly') }}

),

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

as_of as (

    select
        as_of,
        {{ local_date('as_of') }} as as_of_on
    from {{ ref('int_as_of') }}

),

eligible as (

    select
        weekly.rule_code,
        weekly.judged_count,
        weekly.broken_count,
        weekly.week_on,
        case
            when rules.subject_type = 'stage' then 1
            else settings.budget_judged_count
        end as needed_count
    from weekly
    cross join as_of
    cross join settings
    inner join rules
        on weekly.rule_code = rules.rule_code
    where
        rules.family in ('hygiene', 'alignment', 'stage_model')
        or weekly.week_on + interval '7' day <= as_of.as_of_on

),

counted_back as (

    select
        *,
        coalesce(
            sum(judged_count) over (
                partition by rule_code
                order by week_on desc
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as judged_later_count
    from eligible

),

budget_weeks as (

    select
        rule_code,
        cast(sum(judged_count) as bigint) as budget_judged_count,
        cast(sum(broken_count) as bigint) as budget_broken_count,
        cast(sum(broken_count) as double) / sum(judged_count) as budget_rate,
        min(week_on) as budget_from_on
    from counted_back
    where judged_later_count < needed_count
    group by rule_code
    having sum(judged_count) >= max(needed_count)

)

select * from budget_weeks
