-- One row per lifecycle stage and team of the owner when the stay ended, or now.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

stays as (

    select * from {{ ref('int_timed_stays') }}

),

aging as (

    select
        lifecycle_stage,
        owner_team,
        count(*) filter (where is_open) as open_count,
        count(*) filter (where is_overdue) as overdue_count,
        count(*) filter (where not is_open) as completed_count,
        count(*) filter (where not is_timed) as excluded_count,
        percentile_cont(0.5) within group (
            order by case when is_open and is_timed then stay_days end
        ) as open_days_median,
        percentile_cont(0.9) within group (
            order by case when is_open and is_timed then stay_days end
        ) as open_days_p90,
        percentile_cont(0.5) within group (
            order by case when not is_open and is_timed then stay_days end
        ) as completed_days_median,
        percentile_cont(0.9) within group (
            order by case when not is_open and is_timed then stay_days end
        ) as completed_days_p90
    from stays
    group by lifecycle_stage, owner_team

),

-- Of equal stays a percentile may come out a breath lower than the median.
as_known as (

    select
        aging.lifecycle_stage,
        aging.owner_team,
        aging.open_count,
        aging.overdue_count,
        aging.completed_count,
        aging.excluded_count,
        aging.open_days_median,
        greatest(aging.open_days_p90, aging.open_days_median) as open_days_p90,
        aging.completed_days_median,
        greatest(aging.completed_days_p90, aging.completed_days_median)
            as completed_days_p90,
        as_of.as_of
    from aging
    cross join as_of

)

select * from as_known
