-- One row per handoff, with its working time and the moment its decision is due.

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql' and not is_restored

),

decisions as (

    select * from {{ ref('int_handoff_decisions') }}

),

people as (

    select * from {{ ref('int_people') }}

),

limits as (

    select * from {{ ref('int_thresholds_scoped') }}
    where rule_code = 'TM03' and threshold_name = 'decision_working_hours'

),

days as (

    select * from {{ ref('int_business_days') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

offered as (

    select
        visits.visit_key,
        visits.counted_from,
        coalesce(decisions.decided_at, build.as_of) as ended_at,
        limits.threshold_value as limit_working_hours,
        settings.business_time_zone as time_zone
    from visits
    cross join settings
    cross join build
    left join decisions on visits.visit_key = decisions.visit_key
    left join people on visits.person_key = people.person_key
    left join limits
        on
            visits.lifecycle_stage = limits.lifecycle_stage
            and coalesce(people.lead_source_group, '') = limits.lead_source_group
            and coalesce(people.segment, '') = limits.segment
            and visits.counted_from >= limits.valid_from
            and visits.counted_from < limits.valid_to

),

measured as (

    select
        offered.visit_key,
        offered.counted_from,
        offered.limit_working_hours,
        {{ working_minutes_at('offered.counted_from', 'first_days') }}
            as minutes_at_offer,
        {{ working_minutes_at('offered.ended_at', 'last_days') }} as minutes_at_end
    from offered
    left join days as first_days
        on
            cast(
                {{ local_time('offered.counted_from', 'offered.time_zone') }}
                as date
            ) = first_days.local_date
    left join days as last_days
        on
            cast(
                {{ local_time('offered.ended_at', 'offered.time_zone') }} as date
            ) = last_days.local_date

),

clocks as (

    select
        measured.visit_key,
        measured.counted_from,
        measured.limit_working_hours,
        measured.minutes_at_offer,
        measured.minutes_at_end,
        -- rounded, so that a decision exactly at the limit is not late by a float's
        -- dust
        round(measured.minutes_at_end - measured.minutes_at_offer, 4)
            as working_minutes,
        days.opens_at + cast(
            round(
                60 * (
                    measured.minutes_at_offer + measured.limit_working_hours * 60
                    - days.minutes_before
                )
            ) as bigint
        ) * interval '1' second as due_at
    from measured
    left join days
        on
            round(measured.minutes_at_offer + measured.limit_working_hours * 60, 4)
            > days.minutes_before
            and round(measured.minutes_at_offer + measured.limit_working_hours * 60, 4)
            <= days.minutes_before + days.open_minutes

)

select * from clocks
