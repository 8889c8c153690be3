-- One row per person, with what holds at as_of in the current cycle.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as person_key,
    cast(null as varchar) as deal_id,
    cast(null as varchar) as supported_stage,
    cast(null as bigint) as supported_rank,
    cast(null as varchar) as stage_alignment,
    cast(null as varchar) as alignment_reason,
    cast(null as varchar) as missing_facts,
    cast(null as bigint) as interest_score,
    cast(null as bigint) as score_threshold,
    cast(null as bigint) as decisive_count,
    cast(null as bigint) as fit_met_count,
    cast(null as bigint) as fit_needed_count,
    cast(null as bigint) as deal_count,
    cast(null as bigint) as open_deal_count,
    cast(null as bigint) as won_deal_count,
    cast(null as bigint) as lost_deal_count,
    cast(null as bigint) as offer_deal_count,
    cast(null as bigint) as qualification_count,
    cast(null as boolean) as has_fit_met,
    cast(null as boolean) as has_interest_met,
    cast(null as boolean) as has_acceptance,
    cast(null as boolean) as has_consent,
    cast(null as boolean) as is_evidence_from_account,
    cast(null as timestamp) as won_at,
    cast(null as timestamp) as contract_signed_at,
    cast(null as timestamp) as won_and_signed_at,
    cast(null as timestamp) as first_open_deal_at,
    cast(null as timestamp) as last_activity_at
where false
