-- One row per period in which leads were offered, source group and team of the owner.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

offers as (

    select * from {{ ref('int_handoff_offers') }}

),

period_kinds as (

    select * from {{ ref('int_period_kinds') }}

),

dated as (

    select
        offers.*,
        period_kinds.period_kind,
        {{ period_start('period_kinds.period_kind', 'offers.offered_on') }}
            as period_on,
        offers.is_matured and offers.outcome in ('accepted', 'rejected') as is_decided
    from offers
    cross join period_kinds

),

counted as (

    select
        period_kind,
        lead_source_group,
        owner_team,
        count(*) as offered_count,
        count(*) filter (where is_matured) as matured_count,
        count(*) filter (where is_matured and outcome = 'accepted') as accepted_count,
        count(*) filter (where is_matured and outcome = 'rejected') as rejected_count,
        count(*) filter (where is_matured and outcome = 'bypassed') as bypassed_count,
        count(*) filter (where is_matured and outcome = 'withdrawn') as withdrawn_count,
        count(*) filter (where is_matured and outcome = 'void') as void_count,
        count(*) filter (where outcome = 'pending') as pending_count,
        count(*) filter (where is_decided and not is_timed) as excluded_count,
        percentile_cont(0.5) within group (
            order by case when is_decided and is_timed then hours_to_decision end
        ) as hours_to_decision_median,
        percentile_cont(0.9) within group (
            order by case when is_decided and is_timed then hours_to_decision end
        ) as hours_to_decision_p90,
        period_on
    from dated
    group by period_kind, lead_source_group, owner_team, period_on

),

acceptance as (

    select
        period_kind,
        lead_source_group,
        owner_team,
        offered_count,
        matured_count,
        accepted_count,
        rejected_count,
        bypassed_count,
        withdrawn_count,
        void_count,
        pending_count,
        excluded_count,
        cast(accepted_count as double) / nullif(matured_count, 0) as acceptance_rate,
        cast(accepted_count as double) / nullif(accepted_count + rejected_count, 0)
            as acceptance_rate_of_decided,
        hours_to_decision_median,
        -- of equal times a percentile may come out a breath lower than the median
        greatest(hours_to_decision_p90, hours_to_decision_median)
            as hours_to_decision_p90,
        period_on
    from counted

),

as_known as (

    select
        acceptance.*,
        as_of.as_of
    from acceptance
    cross join as_of

)

select * from as_known
