-- One row per broken verdict, under its public id.

with

verdicts as (

    select * from {{ ref('int_verdicts') }}
    where verdict = 'broken'

),

subjects as (

    select * from {{ ref('int_subjects') }}

),

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

findings as (

    select
        md5(verdicts.rule_id || '|' || subjects.subject_id) as violation_id,
        verdicts.rule_code,
        verdicts.rule_id,
        verdicts.subject_type,
        verdicts.subject_key,
        subjects.subject_id,
        verdicts.transition_key,
        verdicts.evidence,
        coalesce(rules.is_repairable, false) as is_repairable,
        coalesce(verdicts.is_repaired, false) as is_repaired,
        verdicts.judged_at,
        verdicts.occurred_at,
        verdicts.repaired_at
    from verdicts
    inner join subjects
        on
            verdicts.subject_type = subjects.subject_type
            and verdicts.subject_key = subjects.subject_key
    inner join rules
        on verdicts.rule_code = rules.rule_code

)

select * from findings
