-- One row per week and month from the first event to the as-of moment, none left out.

with

days as (

    select local_date from {{ ref('int_business_days') }}

),

period_kinds as (

    select * from {{ ref('int_period_kinds') }}

),

as_of as (

    select {{ local_date('as_of') }} as as_of_on
    from {{ ref('int_as_of') }}

),

periods as (

    -- distinct: every day belongs to one week and one month.
    select distinct
        period_kinds.period_kind,
        {{ period_start('period_kinds.period_kind', 'days.local_date') }} as period_on
    from days
    cross join period_kinds
    inner join as_of
        on days.local_date <= as_of.as_of_on

)

select * from periods
