-- One row per moment at which a record of a person came (+1) or went (-1).

with

records as (

    select * from {{ ref('int_person_records') }}

),

absences as (

    select * from {{ ref('int_record_lives') }}

),

steps as (

    select
        record_key,
        1 as step,
        created_at as stepped_at
    from records
    union all
    select
        absences.record_key,
        -1 as step,
        absences.absent_from as stepped_at
    from absences
    inner join records
        on absences.record_key = records.record_key
    union all
    select
        absences.record_key,
        1 as step,
        absences.absent_to as stepped_at
    from absences
    inner join records
        on absences.record_key = records.record_key
    where absences.absent_to is not null

)

select * from steps
