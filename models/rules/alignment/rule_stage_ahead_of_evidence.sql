-- One row per person with a stage, judged for a stage beyond what the evidence
-- supports (AL06).

with

people as (

    select * from {{ ref('int_people') }}
    where stage_role is not null

),

evidence as (

    select * from {{ ref('int_person_evidence') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

judged as (

    select
        people.person_key as subject_key,
        case evidence.stage_alignment
            when 'ahead' then 'broken'
            when 'not_judged' then 'not_judged'
            else 'passed'
        end as verdict,
        evidence.alignment_reason as reason,
        build.as_of as judged_at,
        people.stage_entered_at as occurred_at,
        case
            when evidence.stage_alignment = 'ahead'
                then
                    'recorded as ' || recorded.label
                    || coalesce(
                        ' since ' || {{ readable_time('people.stage_entered_at') }}, ''
                    )
                    || ', but the evidence supports '
                    || coalesce('no more than ' || supported.label, 'no stage')
                    || coalesce(' (missing: ' || evidence.missing_facts || ')', '')
        end as evidence
    from people
    cross join build
    inner join evidence on people.person_key = evidence.person_key
    left join stages as recorded
        on
            people.lifecycle_stage = recorded.lifecycle_stage
            and build.as_of >= recorded.valid_from
            and build.as_of < recorded.valid_to
    left join stages as supported
        on
            evidence.supported_stage = supported.lifecycle_stage
            and build.as_of >= supported.valid_from
            and build.as_of < supported.valid_to

)

select * from judged
