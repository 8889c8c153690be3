-- One row per judged moment, with every count of evidence as it stood then. One sort:
-- evidence and judged moments in one timeline, moments late by the grace and, on the
-- same instant, after the evidence.

with

events as (

    select * from {{ ref('int_evidence_events') }}

),

moments as (

    select * from {{ ref('int_judged_moments') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

{% set counts = {
    'points': 'interest_score',
    'decisive': 'decisive_count',
    'crm_score': 'crm_score',
    'score_met': 'score_met_count',
    'score_unknown': 'score_unknown_count',
    'conversion': 'conversion_count',
    'response': 'response_count',
    'sales_touch': 'sales_touch_count',
    'acceptance': 'acceptance_count',
    'qualification': 'qualification_count',
    'deal': 'deal_count',
    'deal_open': 'open_deal_count',
    'deal_offer': 'offer_deal_count',
    'deal_paused': 'paused_deal_count',
    'deal_won': 'won_deal_count',
    'deal_lost': 'lost_deal_count',
    'deal_undated': 'undated_deal_count',
    'still_open': 'hurting_open_deal_count',
    'quote': 'quote_count',
    'contract': 'contract_count',
    'fit_met': 'fit_met_count',
    'fit_unknown': 'fit_unknown_count',
    'source_valid': 'source_valid_count',
    'source_unknown': 'source_unknown_count',
} %}
-- one row per instant first: it halves the sort and what is carried through it
instants as (

    select
        person_key,
        cycle_number,
        {% for kind, column in counts.items() -%}
        sum(case when kind = '{{ kind }}' then delta end) as {{ column }},
        {% endfor -%}
        event_at
    from events
    group by person_key, cycle_number, event_at

),

together as (

    select
        person_key,
        cycle_number,
        cast(null as bigint) as visit_key,
        cast(null as varchar) as kind,
        {% for column in counts.values() -%}
        {{ column }},
        {% endfor -%}
        0 as is_moment,
        event_at
    from instants

    union all

    select
        moments.person_key,
        moments.cycle_number,
        moments.visit_key,
        moments.moment_kind,
        {% for column in counts.values() -%}
        0,
        {% endfor -%}
        1,
        moments.judged_at + settings.evidence_grace_minutes * interval '1' minute
    from moments
    cross join settings

),

running as (

    select
        person_key,
        cycle_number,
        visit_key,
        kind,
        is_moment,
    {% for column in counts.values() -%}
    cast(coalesce(sum({{ column }}) over timeline, 0) as bigint)
        as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    from together
    window timeline as (
        partition by person_key, cycle_number
        order by event_at, is_moment
        rows between unbounded preceding and current row
    )

),

-- what was met once holds for the rest of the cycle
heights as (

    select
        person_key,
        cycle_number,
        max(interest_score) as highest_interest_score,
        max(decisive_count) as highest_decisive_count,
        max(score_met_count) as highest_score_met_count,
        max(qualification_count) as highest_qualification_count
    from running
    group by person_key, cycle_number

),

read_out as (

    select
        running.*,
        heights.highest_interest_score,
        heights.highest_decisive_count,
        heights.highest_score_met_count,
        heights.highest_qualification_count
    from running
    left join heights
        on
            running.kind = 'as_of'
            and running.person_key = heights.person_key
            and running.cycle_number = heights.cycle_number
    where running.is_moment = 1

)

select * from read_out
