-- One row per month of entry, step, source group, segment and window.
{% set cohort = 'cohort_on, from_stage, to_stage, lead_source_group, segment' %}

with

members as (

    select
        *,
        cast(date_trunc('month', {{ local_date('entered_at') }}) as date) as cohort_on
    from {{ ref('int_cohort_members') }}

),

survival as (

    select * from {{ ref('int_cohort_survival') }}

),

windows as (

    select * from {{ ref('int_funnel_windows') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

judged as (

    select
        members.*,
        windows.window_days,
        {{ seconds_between('members.entered_at', 'as_of.as_of') }}
        >= windows.window_days * 86400 as is_matured,
        coalesce(members.days_to_conversion <= windows.window_days, false)
            as is_converted_in_window
    from members
    cross join windows
    cross join as_of

),

counted as (

    select
        {{ cohort }},
        window_days,
        count(*) as entered_count,
        count(*) filter (where is_matured) as matured_count,
        count(*) filter (where is_matured and is_converted_in_window) as converted_count
    from judged
    group by {{ cohort }}, window_days

),

cohorts as (

    select
        counted.from_stage,
        counted.to_stage,
        counted.lead_source_group,
        counted.segment,
        counted.window_days,
        counted.entered_count,
        counted.matured_count,
        counted.converted_count,
        cast(counted.converted_count as double) / nullif(counted.matured_count, 0)
            as conversion_rate,
        1 - coalesce(survival.unconverted_rate, 1) as km_conversion_rate,
        counted.cohort_on
    from counted
    left join survival
        on
            counted.cohort_on = survival.cohort_on
            and counted.from_stage = survival.from_stage
            and counted.to_stage = survival.to_stage
            and counted.lead_source_group = survival.lead_source_group
            and counted.segment = survival.segment
            and counted.window_days = survival.window_days

),

as_known as (

    select
        cohorts.*,
        as_of.as_of
    from cohorts
    cross join as_of

)

select * from as_known
