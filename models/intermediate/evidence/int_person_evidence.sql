-- One row per person, with what holds at as_of in the current cycle.

with

people as (

    select * from {{ ref('int_people') }}

),

readings as (

    select * from {{ ref('int_evidence_read') }}
    where kind = 'as_of'

),

deals as (

    select * from {{ ref('int_person_deal_dates') }}

),

bounds as (

    select * from {{ ref('int_person_bounds') }}

),

last_activities as (

    select
        person_key,
        max(occurred_at) as last_activity_at
    from {{ ref('int_person_activities') }}
    where signal not in ('note', 'internal')
    group by person_key

),

supported as (

    select * from {{ ref('int_person_stages_supported') }}

),

described as (

    select
        people.person_key,
        deals.deal_id,
        supported.supported_stage,
        supported.stage_alignment,
        supported.alignment_reason,
        supported.missing_facts,
        supported.supported_rank,
        case
            when bounds.is_crm_score then readings.crm_score
            else readings.interest_score
        end as interest_score,
        bounds.score_threshold,
        readings.decisive_count,
        readings.fit_met_count,
        bounds.fit_needed_count,
        bounds.fit_criteria_count,
        readings.deal_count,
        readings.won_deal_count,
        readings.lost_deal_count,
        readings.offer_deal_count,
        readings.qualification_count,
        readings.fit_met_count >= bounds.fit_needed_count as has_fit_met,
        readings.decisive_count > 0
        or case
            when bounds.is_crm_score then readings.score_met_count > 0
            else coalesce(readings.interest_score >= bounds.score_threshold, false)
        end as has_interest_met,
        readings.acceptance_count > 0 as has_acceptance,
        coalesce(people.has_email_opt_in, false) as has_consent,
        bounds.is_evidence_from_account,
        deals.won_at,
        deals.surely_won_at,
        deals.contract_signed_at,
        deals.won_and_signed_at,
        deals.first_open_deal_at,
        last_activities.last_activity_at
    from people
    inner join readings on people.person_key = readings.person_key
    inner join bounds on people.person_key = bounds.person_key
    inner join supported on people.person_key = supported.person_key
    left join deals on people.person_key = deals.person_key
    left join last_activities on people.person_key = last_activities.person_key

)

select * from described
