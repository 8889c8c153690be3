-- One row per period of SQL entry, source group, window and currency.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

sql_deals as (

    select * from {{ ref('int_sql_deals') }}

),

amounts as (

    select
        period_kind,
        lead_source_group,
        currency,
        window_days,
        count(*) as deal_count,
        cast(sum(amount_cents) as double) / 100 as amount,
        period_on
    from sql_deals
    group by period_kind, lead_source_group, currency, window_days, period_on

),

as_known as (

    select
        amounts.*,
        as_of.as_of
    from amounts
    cross join as_of

)

select * from as_known
