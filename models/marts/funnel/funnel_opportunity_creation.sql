-- One row per period of SQL entry, source group and window.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

cohorts as (

    select * from {{ ref('int_sql_cohorts') }}

),

amounts as (

    select * from {{ ref('funnel_opportunity_amounts') }}

),

counted as (

    select
        period_kind,
        lead_source_group,
        window_days,
        count(*) as sql_count,
        count(*) filter (where is_matured) as matured_count,
        count(*) filter (where is_matured and has_opportunity)
            as with_opportunity_count,
        period_on
    from cohorts
    group by period_kind, lead_source_group, window_days, period_on

),

amount_texts as (

    select
        period_kind,
        lead_source_group,
        window_days,
        {{ joined_text(
            "currency || ' ' || cast(cast(amount as decimal(18, 2)) as varchar)",
            "', '",
            'currency'
        ) }} as amounts_by_currency,
        period_on
    from amounts
    group by period_kind, lead_source_group, window_days, period_on

),

creation as (

    select
        counted.period_kind,
        counted.lead_source_group,
        amount_texts.amounts_by_currency,
        counted.window_days,
        counted.sql_count,
        counted.matured_count,
        counted.with_opportunity_count,
        cast(counted.with_opportunity_count as double)
        / nullif(counted.matured_count, 0) as opportunity_creation_rate,
        counted.period_on
    from counted
    left join amount_texts
        on
            counted.period_kind = amount_texts.period_kind
            and counted.lead_source_group = amount_texts.lead_source_group
            and counted.window_days = amount_texts.window_days
            and counted.period_on = amount_texts.period_on

),

as_known as (

    select
        creation.*,
        as_of.as_of
    from creation
    cross join as_of

)

select * from as_known
