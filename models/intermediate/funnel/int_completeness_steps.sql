-- One row per moment at which a person, a record or a stay came (+1) or went (-1).
-- A stay may begin before its record says it was created: the person then came with it.

with

people as (

    select * from {{ ref('int_people') }}

),

absences as (

    select * from {{ ref('int_person_absences') }}

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

record_steps as (

    select * from {{ ref('int_record_steps') }}

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
        'person' as counted,
        1 as step,
        least(people.created_at, first_stays.first_at) as stepped_at
    from people
    left join first_stays
        on people.person_key = first_stays.person_key
    union all
    select
        'person' as counted,
        -1 as step,
        absences.absent_from as stepped_at
    from absences
    inner join people
        on absences.person_key = people.person_key
    union all
    select
        'person' as counted,
        1 as step,
        absences.absent_to as stepped_at
    from absences
    inner join people
        on absences.person_key = people.person_key
    union all
    select
        case when stage_role is null then 'unmapped' else 'valid' end as counted,
        1 as step,
        valid_from as stepped_at
    from stage_visits
    union all
    select
        case when stage_role is null then 'unmapped' else 'valid' end as counted,
        -1 as step,
        valid_to as stepped_at
    from stage_visits
    union all
    select
        'record' as counted,
        step,
        stepped_at
    from record_steps

),

dated as (

    select
        counted,
        step,
        stepped_at
    from steps
    where stepped_at is not null

)

select * from dated
