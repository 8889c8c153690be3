-- One row per rule, also where it judged nobody.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

totals as (

    select * from {{ ref('int_rule_totals') }}

),

budget_weeks as (

    select * from {{ ref('int_rule_budget_weeks') }}

),

main_reasons as (

    select * from {{ ref('int_rule_main_reasons') }}

),

coverage as (

    select * from {{ ref('int_rule_coverage') }}

),

results as (

    select
        rules.rule_id,
        rules.rule_code,
        main_reasons.main_not_judged_reason,
        case
            when rules.mode not in ('warn', 'enforce') then 'not_judged'
            when budget_weeks.budget_rate is null or rules.red_rate is null
                then 'not_judged'
            when budget_weeks.budget_rate > rules.red_rate then 'red'
            when budget_weeks.budget_rate > rules.amber_rate then 'amber'
            else 'green'
        end as status,
        coalesce(totals.subject_count, 0) as subject_count,
        coalesce(totals.judged_count, 0) as judged_count,
        coalesce(totals.passed_count, 0) as passed_count,
        coalesce(totals.broken_count, 0) as broken_count,
        coalesce(totals.not_judged_count, 0) as not_judged_count,
        coalesce(totals.excepted_count, 0) as excepted_count,
        coalesce(budget_weeks.budget_judged_count, 0) as budget_judged_count,
        coalesce(budget_weeks.budget_broken_count, 0) as budget_broken_count,
        coverage.evidence_coverage_rate,
        totals.broken_rate,
        budget_weeks.budget_rate,
        rules.amber_rate,
        rules.red_rate,
        budget_weeks.budget_from_on
    from rules
    left join totals
        on rules.rule_code = totals.rule_code
    left join budget_weeks
        on rules.rule_code = budget_weeks.rule_code
    left join main_reasons
        on rules.rule_code = main_reasons.rule_code
    left join coverage
        on rules.rule_code = coverage.rule_code

),

as_known as (

    select
        results.*,
        as_of.as_of
    from results
    cross join as_of

)

select * from as_known
