-- One row per rejection without a structured reason and with a note written near it.

with

rejections as (

    select * from {{ ref('int_rejections') }}
    where not has_reason

),

notes as (

    select * from {{ ref('int_person_activities') }}
    where signal = 'note'

),

settings as (

    select * from {{ ref('int_settings') }}

),

noted as (

    -- distinct: several notes may stand near one rejection.
    select distinct
        rejections.subject_type,
        rejections.subject_key
    from rejections
    cross join settings
    inner join notes
        on
            rejections.person_key = notes.person_key
            and abs(
                {{ seconds_between('rejections.rejected_at', 'notes.occurred_at') }}
            ) <= settings.reason_window_hours * 3600

)

select * from noted
