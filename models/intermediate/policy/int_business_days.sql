-- One row per local date of the business, from the first event to a year after as_of.

with

business_hours as (

    select * from {{ ref('business_hours') }}

),

holidays as (

    select * from {{ ref('holidays') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

changes as (

    select * from {{ ref('int_changes_unioned') }}

),

events as (

    select min(created_at) as first_at from records
    union all
    select min(changed_at) as first_at from changes
    union all
    select as_of as first_at from as_of

),

bounds as (

    -- A day of margin on each side covers every time zone.
    select
        cast(
            greatest(min(events.first_at), timestamp '1900-01-02 00:00:00')
            - interval '1' day as date
        ) as first_on,
        cast(max(as_of.as_of) + interval '366' day as date) as last_on
    from events
    cross join as_of

),

days as (

    select {{ date_series('first_on', 'last_on') }} as local_date from bounds

),

opened as (

    select
        days.local_date,
        {{ utc_time(
            "cast(cast(days.local_date as varchar) || ' ' "
            "|| business_hours.opens_at || ':00' as timestamp)",
            'business_hours.time_zone'
        ) }} as opens_at,
        {{ utc_time(
            "cast(cast(days.local_date as varchar) || ' ' "
            "|| business_hours.closes_at || ':00' as timestamp)",
            'business_hours.time_zone'
        ) }} as closes_at
    from days
    inner join business_hours
        on {{ iso_weekday('days.local_date') }} = business_hours.iso_weekday
    left join holidays on days.local_date = holidays.holiday_on
    where holidays.holiday_on is null

),

measured as (

    select
        days.local_date,
        opened.opens_at,
        opened.closes_at,
        opened.local_date is not null as is_open,
        cast(
            coalesce({{ seconds_between('opened.opens_at', 'opened.closes_at') }}, 0)
            / 60
            as bigint
        ) as open_minutes
    from days
    left join opened on days.local_date = opened.local_date

),

business_days as (

    select
        cast(
            sum(open_minutes) over (order by local_date) - open_minutes as bigint
        ) as minutes_before,
        open_minutes,
        is_open,
        local_date,
        opens_at,
        closes_at
    from measured

)

select * from business_days
