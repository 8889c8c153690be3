-- One row per moment at which a record of a person came (+1) or went (-1).

with

records as (

    select * from {{ ref('int_person_records') }}

),

absences as (

    select * from {{ ref('int_record_lives') }}

),

first_absences as (

    select
        record_key,
        min(absent_from) as first_at
    from absences
    group by record_key

),

steps as (

    -- what went was there before, whatever its date of creation says
    select
        records.record_key,
        1 as step,
        least(records.created_at, first_absences.first_at) as stepped_at
    from records
    left join first_absences on records.record_key = first_absences.record_key
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
