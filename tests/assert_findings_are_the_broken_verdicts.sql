-- Rules whose findings are not as many as their broken verdicts.

with

results as (

    select * from {{ ref('fct_rule_results') }}

),

found as (

    select
        rule_code,
        count(*) as finding_count
    from {{ ref('fct_rule_violations') }}
    group by rule_code

)

select
    results.rule_code,
    results.broken_count,
    found.finding_count
from results
left join found on results.rule_code = found.rule_code
where results.broken_count <> coalesce(found.finding_count, 0)
