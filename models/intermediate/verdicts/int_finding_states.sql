-- One row per finding, with whether it can be repaired and when it was first seen.

with

findings as (

    select * from {{ ref('int_findings') }}

),

sightings as (

    select * from {{ ref('int_finding_sightings') }}

),

ended_subjects as (

    select * from {{ ref('int_ended_subjects') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

baseline as (

    select count(*) > 0 as has_baseline
    from sightings

),

states as (

    select
        findings.violation_id,
        case
            when not findings.is_repairable then 'historical'
            when findings.is_repaired then 'repaired'
            when ended_subjects.subject_key is not null then 'historical'
            else 'open'
        end as state,
        baseline.has_baseline
        and not coalesce(sightings.is_in_last_version, false) as is_new,
        case when findings.is_repairable then findings.repaired_at end as repaired_at,
        coalesce(sightings.first_seen_at, as_of.as_of) as first_seen_at
    from findings
    cross join as_of
    cross join baseline
    left join sightings
        on findings.violation_id = sightings.violation_id
    left join ended_subjects
        on
            findings.rule_code = ended_subjects.rule_code
            and findings.subject_key = ended_subjects.subject_key

)

select * from states
