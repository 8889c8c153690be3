-- Which sources send MQLs that sales turns down, and what does sales say about them?
-- Asked by: marketing, before next quarter's budget.
-- Reads: one row per source group with at least 20 matured handoffs, the worst first;
-- the most frequent reason is among the rejections that carry one.

with

acceptance as (

    select * from {{ ref('funnel_mql_acceptance') }}
    where period_kind = 'month'

),

rejection_reasons as (

    select * from {{ ref('funnel_rejection_reasons') }}
    where period_kind = 'month'

),

dim_stages as (

    select * from {{ ref('dim_stages') }}

),

sources as (

    select
        lead_source_group,
        sum(matured_count) as matured_count,
        sum(accepted_count) as accepted_count,
        sum(rejected_count) as rejected_count
    from acceptance
    group by lead_source_group

),

reasons as (

    select
        rejection_reasons.lead_source_group,
        rejection_reasons.reason_code,
        sum(rejection_reasons.rejection_count) as rejection_count
    from rejection_reasons
    inner join dim_stages
        on rejection_reasons.lifecycle_stage = dim_stages.lifecycle_stage
    where dim_stages.stage_role = 'mql' and rejection_reasons.reason_code != 'none'
    group by rejection_reasons.lead_source_group, rejection_reasons.reason_code

),

main_reasons as (

    select
        lead_source_group,
        reason_code,
        rejection_count
    from reasons
    qualify
        row_number() over (
            partition by lead_source_group
            order by rejection_count desc, reason_code asc
        ) = 1

)

select
    sources.lead_source_group,
    sources.matured_count,
    sources.rejected_count,
    round(sources.rejected_count / sources.matured_count, 3) as rejection_rate,
    round(sources.accepted_count / sources.matured_count, 3) as acceptance_rate,
    main_reasons.reason_code as main_reason_code,
    main_reasons.rejection_count as main_reason_count
from sources
left join main_reasons
    on sources.lead_source_group = main_reasons.lead_source_group
where sources.matured_count >= 20
order by rejection_rate desc, sources.lead_source_group asc
