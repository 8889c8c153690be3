-- One row per rule that left subjects unjudged, with the most frequent reason.

with

verdicts as (

    select * from {{ ref('int_verdicts') }}
    where verdict = 'not_judged' and reason is not null

),

counted as (

    select
        rule_code,
        reason,
        row_number() over (
            partition by rule_code
            order by count(*) desc, reason asc
        ) as reason_rank
    from verdicts
    group by rule_code, reason

),

main_reasons as (

    select
        rule_code,
        reason as main_not_judged_reason
    from counted
    where reason_rank = 1

)

select * from main_reasons
