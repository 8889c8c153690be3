-- One row per finding that another finding about the same fault takes over.
-- The same fault: the same subject, or the same transition where the subjects differ.

with

findings as (

    select * from {{ ref('int_findings') }}

),

precedence as (

    select * from {{ ref('int_rule_precedence') }}

),

yielding as (

    select
        findings.violation_id,
        findings.subject_type,
        findings.subject_key,
        findings.transition_key,
        precedence.leading_rule_code,
        precedence.preference
    from findings
    inner join precedence
        on findings.rule_code = precedence.rule_code

),

candidates as (

    select
        yielding.violation_id,
        yielding.preference,
        findings.violation_id as leader_id
    from yielding
    inner join findings
        on
            yielding.leading_rule_code = findings.rule_code
            and yielding.subject_type = findings.subject_type
            and yielding.subject_key = findings.subject_key
    union all
    select
        yielding.violation_id,
        yielding.preference,
        findings.violation_id as leader_id
    from yielding
    inner join findings
        on
            yielding.leading_rule_code = findings.rule_code
            and yielding.transition_key = findings.transition_key
            and yielding.subject_type != findings.subject_type

),

ranked as (

    select
        violation_id,
        leader_id,
        row_number() over (
            partition by violation_id
            order by preference asc, leader_id asc
        ) as leader_rank
    from candidates

),

leaders as (

    select
        violation_id,
        leader_id
    from ranked
    where leader_rank = 1

)

select * from leaders
