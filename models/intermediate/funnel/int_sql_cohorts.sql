-- One row per person who entered the sql role, with the step to the opportunity role.

with

members as (

    select * from {{ ref('int_cohort_members') }}
    where from_role = 'sql' and to_role = 'opportunity'

),

period_kinds as (

    select * from {{ ref('int_period_kinds') }}

),

windows as (

    select * from {{ ref('int_funnel_windows') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

cohorts as (

    select
        members.person_key,
        period_kinds.period_kind,
        members.lead_source_group,
        windows.window_days,
        {{ seconds_between('members.entered_at', 'as_of.as_of') }}
        >= windows.window_days * 86400 as is_matured,
        coalesce(members.days_to_conversion <= windows.window_days, false)
            as has_opportunity,
        {{ period_start('period_kinds.period_kind', local_date('members.entered_at')) }}
            as period_on,
        members.entered_at
    from members
    cross join period_kinds
    cross join windows
    cross join as_of

)

select * from cohorts
