-- One row per moment at which a person came (+1) or went (-1).
-- A stay may begin before its record says it was created: the person then came with it.

with

people as (

    select * from {{ ref('int_people') }}

),

absences as (

    select * from {{ ref('int_person_absences') }}
    where person_key in (select people.person_key from people)

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

first_stays as (

    select
        person_key,
        min(valid_from) as first_at
    from stage_visits
    group by person_key

),

steps as (

    select
        people.person_key,
        1 as step,
        least(people.created_at, first_stays.first_at) as stepped_at
    from people
    left join first_stays
        on people.person_key = first_stays.person_key
    union all
    select
        person_key,
        -1 as step,
        absent_from as stepped_at
    from absences
    union all
    select
        person_key,
        1 as step,
        absent_to as stepped_at
    from absences
    where absent_to is not null

)

select * from steps
