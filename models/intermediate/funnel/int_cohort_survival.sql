-- One row per cohort, step and window in which somebody converted: the share still
-- unconverted at its end.
{% set cohort = 'cohort_on, from_stage, to_stage, lead_source_group, segment' %}

with

steps as (

    select * from {{ ref('int_cohort_steps') }}

),

windows as (

    select * from {{ ref('int_funnel_windows') }}

),

survival as (

    select
        {{ cohort }},
        windows.window_days,
        min(steps.unconverted_rate) as unconverted_rate
    from steps
    inner join windows
        on steps.watched_days <= windows.window_days
    group by {{ cohort }}, windows.window_days

)

select * from survival
