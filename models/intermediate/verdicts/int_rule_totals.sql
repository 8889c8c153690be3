-- One row per rule that looked at anybody, with its verdicts of all time counted.

with

weekly as (

    select * from {{ ref('int_rule_results_weekly') }}

),

totals as (

    select
        rule_code,
        cast(sum(subject_count) as bigint) as subject_count,
        cast(sum(judged_count) as bigint) as judged_count,
        cast(sum(passed_count) as bigint) as passed_count,
        cast(sum(broken_count) as bigint) as broken_count,
        cast(sum(not_judged_count) as bigint) as not_judged_count,
        cast(sum(excepted_count) as bigint) as excepted_count,
        cast(sum(broken_count) as double) / nullif(sum(judged_count), 0) as broken_rate
    from weekly
    group by rule_code

)

select * from totals
