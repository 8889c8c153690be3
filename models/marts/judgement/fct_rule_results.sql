-- One row per rule, also where it judged nobody.

with

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

weekly as (

    select * from {{ ref('int_rule_results_weekly') }}

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

totals as (

    select
        rule_code,
        cast(sum(subject_count) as bigint) as subject_count,
        cast(sum(judged_count) as bigint) as judged_count,
        cast(sum(passed_count) as bigint) as passed_count,
        cast(sum(broken_count) as bigint) as broken_count,
        cast(sum(not_judged_count) as bigint) as not_judged_count,
        cast(sum(excepted_count) as bigint) as excepted_count
    from weekly
    group by rule_code

),

joined as (

    select
        rules.rule_id,
        rules.rule_code,
        rules.mode,
        main_reasons.main_not_judged_reason,
        coalesce(totals.subject_count, 0) as subject_count,
        coalesce(totals.judged_count, 0) as judged_count,
        coalesce(totals.passed_count, 0) as passed_count,
        coalesce(totals.broken_count, 0) as broken_count,
        coalesce(totals.not_judged_count, 0) as not_judged_count,
        coalesce(totals.excepted_count, 0) as excepted_count,
        coalesce(budget_weeks.budget_judged_count, 0) as budget_judged_count,
        coalesce(budget_weeks.budget_broken_count, 0) as budget_broken_count,
        cast(totals.broken_count as double) / nullif(totals.judged_count, 0)
            as broken_rate,
        cast(budget_weeks.budget_broken_count as double)
        / nullif(budget_weeks.budget_judged_count, 0) as budget_rate,
        coverage.evidence_coverage_rate,
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

results as (

    select
        rule_id,
        rule_code,
        main_not_judged_reason,
        case
            when mode not in ('warn', 'enforce') then 'not_judged'
            when budget_rate is null or red_rate is null then 'not_judged'
            when budget_rate > red_rate then 'red'
            when budget_rate > amber_rate then 'amber'
            else 'green'
        end as status,
        subject_count,
        judged_count,
        passed_count,
        broken_count,
        not_judged_count,
        excepted_count,
        budget_judged_count,
        budget_broken_count,
        evidence_coverage_rate,
        broken_rate,
        budget_rate,
        amber_rate,
        red_rate,
        budget_from_on
    from joined

)

select * from results
