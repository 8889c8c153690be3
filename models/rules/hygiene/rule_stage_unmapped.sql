-- One row per record with a stage value, judged for a value nobody has mapped (HY02).

with

record_visits as (

    select * from {{ ref('int_visits') }}
    where concept in ('record_stage', 'account_stage') and is_open

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

judged as (

    select
        record_visits.record_key as subject_key,
        case
            when record_visits.mapped_value = 'unmapped' then 'broken'
            else 'passed'
        end as verdict,
        cast(null as varchar) as reason,
        as_of.as_of as judged_at,
        record_visits.valid_from as occurred_at,
        case
            when record_visits.mapped_value = 'unmapped'
                then
                    'holds the stage "' || record_visits.source_value || '" since '
                    || {{ readable_time('record_visits.valid_from') }}
                    || ', a value the policy has not mapped'
        end as evidence
    from record_visits
    cross join as_of

)

select * from judged
