-- One row per person, with the highest stage that the evidence supports at as_of.

with

people as (

    select * from {{ ref('int_people') }}

),

readings as (

    select * from {{ ref('int_evidence_read') }}
    where kind = 'as_of'

),

bounds as (

    select * from {{ ref('int_person_bounds') }}

),

stage_facts as (

    select * from {{ ref('int_stage_facts') }}

),

asked as (

    -- distinct: a stage has several facts
    select distinct lifecycle_stage
    from stage_facts

),

holding as (

    select
        people.person_key,
        coalesce(people.has_email_opt_in, false) as has_consent,
        readings.source_valid_count > 0 as has_valid_source,
        readings.fit_met_count >= bounds.fit_needed_count as has_fit,
        readings.highest_decisive_count > 0
        or case
            when bounds.is_crm_score then readings.highest_score_met_count > 0
            else
                coalesce(
                    readings.highest_interest_score >= bounds.score_threshold, false
                )
        end as has_interest,
        readings.acceptance_count > 0 as has_acceptance,
        coalesce(
            readings.highest_qualification_count >= bounds.qualification_needed_count,
            false
        ) as has_qualification,
        -- a deal counts while open or won
        readings.open_deal_count + readings.won_deal_count > 0 as has_open_deal,
        readings.offer_deal_count + readings.quote_count + readings.won_deal_count > 0
            as has_offer,
        readings.won_deal_count > 0 as has_won_deal,
        readings.contract_count > 0 as has_signed_contract
    from people
    inner join readings on people.person_key = readings.person_key
    inner join bounds on people.person_key = bounds.person_key

),

{% set facts = [
    'consent', 'valid_source', 'fit', 'interest', 'acceptance', 'qualification',
    'open_deal', 'offer', 'won_deal', 'signed_contract',
] %}
tested as (

    select
        holding.person_key,
        stage_facts.lifecycle_stage,
        stage_facts.stage_rank,
        stage_facts.fact,
        case stage_facts.fact
            {% for fact in facts -%}
            when '{{ fact }}' then holding.has_{{ fact }}
            {% endfor -%}
            else false
        end as is_held
    from holding
    cross join stage_facts
    where stage_facts.is_judged

),

person_stages as (

    select
        person_key,
        lifecycle_stage,
        stage_rank,
        bool_and(is_held) as is_supported,
        {{ joined_text(
            "case when not is_held then replace(fact, '_', ' ') end", "', '", 'fact'
        ) }} as missing_facts
    from tested
    group by person_key, lifecycle_stage, stage_rank

),

highest as (

    select
        person_key,
        max_by(lifecycle_stage, stage_rank) as supported_stage,
        max(stage_rank) as supported_rank
    from person_stages
    where is_supported
    group by person_key

),

compared as (

    select
        people.person_key,
        highest.supported_stage,
        highest.supported_rank,
        recorded.missing_facts,
        case
            when people.is_deleted then 'subject_ended'
            -- off the funnel there is nothing to support, and nothing that could land
            when asked.lifecycle_stage is null then 'stage_not_in_policy'
            when recorded.person_key is null then 'no_evidence_source'
        end as alignment_reason,
        case
            when people.is_deleted or recorded.person_key is null then 'not_judged'
            when people.stage_rank > coalesce(highest.supported_rank, 0) then 'ahead'
            when people.stage_rank < highest.supported_rank then 'behind'
            else 'aligned'
        end as stage_alignment
    from people
    left join highest on people.person_key = highest.person_key
    left join asked on people.lifecycle_stage = asked.lifecycle_stage
    left join person_stages as recorded
        on
            people.person_key = recorded.person_key
            and people.lifecycle_stage = recorded.lifecycle_stage

)

select * from compared
