-- One row per rule and reason for which it left subjects unjudged, with their count.

with

verdicts as (

    select * from {{ ref('int_verdicts') }}
    where verdict = 'not_judged'

),

counted as (

    select
        rule_code,
        reason,
        count(*) as not_judged_count
    from verdicts
    group by rule_code, reason

)

select * from counted
