-- One row per live person judged for having no lifecycle stage (HY01).

with

people as (

    select * from {{ ref('int_people') }}
    where not is_deleted

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

last_stays as (

    select
        person_key,
        max(valid_to) as last_ended_at
    from stage_visits
    group by person_key

),

judged as (

    select
        people.person_key as subject_key,
        case
            when people.lifecycle_stage is null then 'broken'
            else 'passed'
        end as verdict,
        cast(null as varchar) as reason,
        as_of.as_of as judged_at,
        case
            when people.lifecycle_stage is not null then people.stage_entered_at
            else coalesce(last_stays.last_ended_at, people.created_at)
        end as occurred_at,
        case
            when people.lifecycle_stage is null and last_stays.last_ended_at is not null
                then
                    'no lifecycle stage since '
                    || {{ readable_time('last_stays.last_ended_at') }}
            when people.lifecycle_stage is null
                then
                    'no lifecycle stage since its creation'
                    || coalesce(
                        ' on ' || {{ readable_time('people.created_at') }}, ''
                    )
        end as evidence
    from people
    cross join as_of
    left join last_stays on people.person_key = last_stays.person_key

)

select * from judged
