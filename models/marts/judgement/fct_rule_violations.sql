-- One row per finding: a rule and the subject that broke it.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

findings as (

    select * from {{ ref('int_findings') }}

),

causes as (

    select * from {{ ref('int_finding_causes') }}

),

states as (

    select * from {{ ref('int_finding_states') }}

),

subjects as (

    select * from {{ ref('int_subjects_described') }}

),

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

violations as (

    select
        findings.violation_id,
        causes.cause_id,
        findings.rule_id,
        findings.rule_code,
        rules.severity,
        rules.mode,
        findings.subject_type,
        findings.subject_id,
        subjects.person_id,
        subjects.account_id,
        subjects.record_id,
        subjects.deal_id,
        subjects.owner_id,
        subjects.lifecycle_stage,
        subjects.owner_team,
        findings.evidence,
        rules.remedy,
        states.state,
        subjects.crm_url,
        causes.is_leading,
        findings.is_repairable,
        states.is_new,
        findings.occurred_at,
        states.repaired_at,
        states.first_seen_at
    from findings
    inner join causes
        on findings.violation_id = causes.violation_id
    inner join states
        on findings.violation_id = states.violation_id
    inner join subjects
        on
            findings.subject_type = subjects.subject_type
            and findings.subject_key = subjects.subject_key
    inner join rules
        on findings.rule_code = rules.rule_code

),

as_known as (

    select
        violations.*,
        as_of.as_of
    from violations
    cross join as_of

)

select * from as_known
