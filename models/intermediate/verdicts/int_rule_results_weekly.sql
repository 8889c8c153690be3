-- One row per rule and week of the judged moment, with the verdicts counted.

with

verdicts as (

    select * from {{ ref('int_verdicts') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select
        verdicts.rule_code,
        verdicts.verdict,
        verdicts.reason,
        cast(
            date_trunc(
                'week',
                {{ local_date('coalesce(verdicts.judged_at, as_of.as_of)') }}
            ) as date
        ) as week_on
    from verdicts
    cross join as_of

),

weekly as (

    select
        rule_code,
        count(*) as subject_count,
        count(*) filter (where verdict in ('passed', 'broken')) as judged_count,
        count(*) filter (where verdict = 'passed') as passed_count,
        count(*) filter (where verdict = 'broken') as broken_count,
        count(*) filter (where verdict = 'not_judged') as not_judged_count,
        count(*) filter (
            where verdict = 'not_judged' and reason = 'excepted'
        ) as excepted_count,
        week_on
    from dated
    group by rule_code, week_on

)

select * from weekly
