-- One row per stage visit and judged moment (entry, exit), with what was known then.

with

visits as (

    select * from {{ ref('int_stage_visits') }}

),

readings as (

    select * from {{ ref('int_evidence_read') }}
    where kind <> 'as_of'

),

moments as (

    select * from {{ ref('int_judged_moments') }}
    where moment_kind <> 'as_of'

),

bounds as (

    select * from {{ ref('int_visit_bounds') }}

),

visit_deals as (

    select * from {{ ref('int_visit_deals') }}

),

missing as (

    select * from {{ ref('int_visit_shortfalls') }}

),

described as (

    select
        moments.visit_key,
        moments.person_key,
        moments.moment_kind,
        visit_deals.deal_id,
        visits.lifecycle_stage,
        visits.stage_role,
        bounds.stage_label,
        missing.fit_detail,
        missing.lead_source_value,
        case
            when bounds.is_crm_score then readings.crm_score
            else readings.interest_score
        end as interest_score,
        bounds.score_threshold,
        bounds.score_window_days,
        bounds.is_crm_score,
        readings.decisive_count,
        readings.fit_met_count,
        readings.fit_unknown_count,
        bounds.fit_needed_count,
        bounds.fit_criteria_count,
        readings.deal_count,
        readings.open_deal_count,
        readings.offer_deal_count,
        readings.won_deal_count,
        readings.lost_deal_count,
        readings.paused_deal_count,
        readings.undated_deal_count,
        readings.hurting_open_deal_count,
        readings.quote_count,
        readings.contract_count,
        readings.acceptance_count,
        readings.qualification_count,
        readings.conversion_count,
        readings.response_count,
        readings.sales_touch_count,
        readings.fit_met_count >= bounds.fit_needed_count as has_fit_met,
        readings.decisive_count > 0
        or case
            when bounds.is_crm_score then readings.score_met_count > 0
            else coalesce(readings.interest_score >= bounds.score_threshold, false)
        end as has_interest_met,
        bounds.is_crm_score
        and readings.decisive_count = 0
        and readings.score_met_count = 0
        and readings.score_unknown_count > 0 as is_interest_undated,
        readings.fit_met_count < bounds.fit_needed_count
        and readings.fit_met_count + readings.fit_unknown_count
        >= bounds.fit_needed_count as is_fit_undated,
        readings.source_valid_count > 0 as has_valid_source,
        readings.source_valid_count = 0 and readings.source_unknown_count > 0
            as is_source_undated,
        bounds.is_evidence_from_account,
        moments.judged_at
    from moments
    inner join visits on moments.visit_key = visits.visit_key
    inner join readings
        on
            moments.visit_key = readings.visit_key
            and moments.moment_kind = readings.kind
    inner join bounds
        on
            moments.visit_key = bounds.visit_key
            and moments.moment_kind = bounds.moment_kind
    left join visit_deals
        on
            moments.visit_key = visit_deals.visit_key
            and moments.moment_kind = visit_deals.moment_kind
    left join missing
        on
            moments.visit_key = missing.visit_key
            and moments.moment_kind = missing.moment_kind

)

select * from described
