-- One row per moment at which a person, a record or a stay came (+1) or went (-1).

with

person_steps as (

    select * from {{ ref('int_person_steps') }}

),

record_steps as (

    select * from {{ ref('int_record_steps') }}

),

stay_steps as (

    select * from {{ ref('int_stay_steps') }}

),

steps as (

    select
        'person' as counted,
        step,
        stepped_at
    from person_steps
    union all
    select
        'record' as counted,
        step,
        stepped_at
    from record_steps
    union all
    select
        counted,
        step,
        stepped_at
    from stay_steps

)

select * from steps
