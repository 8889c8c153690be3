-- One row per new-business deal and window in which it opened, under one of its people:
-- the first to enter the sql role, so that its money is counted once.

with

cohorts as (

    select * from {{ ref('int_sql_cohorts') }}

),

deal_people as (

    select * from {{ ref('int_deal_people') }}
    where link_kind = 'direct'

),

deals as (

    select * from {{ ref('int_deals') }}
    where not is_deleted and amount_cents is not null

),

-- Deals that were closed before the person became an SQL belong to an earlier story.
candidates as (

    select
        cohorts.*,
        deals.deal_key,
        coalesce(deals.currency, 'unknown') as currency,
        deals.amount_cents,
        row_number() over (
            partition by deals.deal_key, cohorts.period_kind, cohorts.window_days
            order by cohorts.entered_at asc, cohorts.person_key asc
        ) as person_number
    from cohorts
    inner join deal_people
        on cohorts.person_key = deal_people.person_key
    inner join deals
        on
            deal_people.deal_key = deals.deal_key
            and {{ seconds_between('cohorts.entered_at', 'deals.created_at') }}
            <= cohorts.window_days * 86400
    where
        cohorts.has_opportunity
        and cohorts.is_matured
        and coalesce(deals.surely_closed_at >= cohorts.entered_at, true)

),

sql_deals as (

    select
        deal_key,
        period_kind,
        lead_source_group,
        currency,
        window_days,
        amount_cents,
        period_on
    from candidates
    where person_number = 1

)

select * from sql_deals
