-- One row per rule and subject of a finding that it is too late to put right: the
-- decision came late, the stay is over (its lead source can still be filled in), or the
-- person is deleted.

with

findings as (

    select * from {{ ref('int_findings') }}

),

subjects as (

    select * from {{ ref('int_subjects') }}

),

people as (

    select * from {{ ref('int_people') }}

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

ended as (

    select
        findings.rule_code,
        findings.subject_key
    from findings
    inner join subjects
        on
            findings.subject_type = subjects.subject_type
            and findings.subject_key = subjects.subject_key
    left join people
        on subjects.person_key = people.person_key
    left join stage_visits
        on
            findings.subject_type = 'stage_visit'
            and findings.subject_key = stage_visits.visit_key
    left join handoffs
        on
            findings.subject_type = 'handoff'
            and findings.subject_key = handoffs.handoff_key
    where
        coalesce(people.is_deleted, false)
        or (findings.rule_code != 'EN03' and not stage_visits.is_open)
        or (findings.rule_code = 'TM03' and handoffs.decision != 'pending')

)

select * from ended
