-- One row per week and month from the first that ends with anybody in the CRM, with the
-- state at its end (for the last one, at as_of).

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

steps as (

    select
        counted,
        step,
        {{ local_date('stepped_at') }} as stepped_on
    from {{ ref('int_completeness_steps') }}

),

period_kinds as (

    select * from {{ ref('int_period_kinds') }}

),

periods as (

    select * from {{ ref('int_funnel_periods') }}

),

deltas as (

    select
        period_kinds.period_kind,
        {{ period_start('period_kinds.period_kind', 'steps.stepped_on') }} as period_on,
        sum(case when steps.counted = 'person' then steps.step end) as people_step,
        sum(case when steps.counted = 'valid' then steps.step end) as valid_step,
        sum(case when steps.counted = 'unmapped' then steps.step end) as unmapped_step,
        sum(case when steps.counted = 'record' then steps.step end) as record_step
    from steps
    cross join period_kinds
    group by 1, 2

),

states as (

    select
        periods.period_kind,
        cast(coalesce(sum(deltas.people_step) over so_far, 0) as bigint)
            as people_count,
        cast(coalesce(sum(deltas.valid_step) over so_far, 0) as bigint)
            as with_valid_stage_count,
        cast(coalesce(sum(deltas.unmapped_step) over so_far, 0) as bigint)
            as unmapped_count,
        cast(coalesce(sum(deltas.record_step) over so_far, 0) as bigint)
            as record_count,
        periods.period_on
    from periods
    left join deltas
        on
            periods.period_kind = deltas.period_kind
            and periods.period_on = deltas.period_on
    window so_far as (
        partition by periods.period_kind
        order by periods.period_on asc
        rows between unbounded preceding and current row
    )

),

completeness as (

    select
        period_kind,
        people_count,
        with_valid_stage_count,
        unmapped_count,
        people_count - with_valid_stage_count - unmapped_count as missing_count,
        record_count,
        cast(with_valid_stage_count as double) / nullif(people_count, 0)
            as completeness_rate,
        period_on
    from states
    -- The calendar begins before the first record does.
    qualify
        max(people_count) over (
            partition by period_kind
            order by period_on asc
            rows between unbounded preceding and current row
        ) > 0

),

as_known as (

    select
        completeness.*,
        as_of.as_of
    from completeness
    cross join as_of

)

select * from as_known
