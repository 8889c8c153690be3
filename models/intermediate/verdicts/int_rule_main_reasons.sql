-- One row per rule that left subjects unjudged, with the most frequent reason.

with

reasons as (

    select * from {{ ref('int_rule_unjudged_reasons') }}

),

ranked as (

    select
        rule_code,
        reason,
        row_number() over (
            partition by rule_code
            order by not_judged_count desc, reason asc
        ) as reason_rank
    from reasons

),

main_reasons as (

    select
        rule_code,
        reason as main_not_judged_reason
    from ranked
    where reason_rank = 1

)

select * from main_reasons
