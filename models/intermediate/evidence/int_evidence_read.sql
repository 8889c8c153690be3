-- One row per judged moment, with every count of evidence as it stood then: the sum of
-- what changed it up to the moment, which comes late by the grace.

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
{% set heights = ('points', 'decisive', 'score_met', 'qualification') %}

with

events as (

    select * from {{ ref('int_evidence_events') }}

),

judged_moments as (

    select * from {{ ref('int_judged_moments') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

moments as (

    select
        judged_moments.person_key,
        judged_moments.cycle_number,
        judged_moments.visit_key,
        judged_moments.moment_kind as kind,
        judged_moments.judged_at
        + settings.evidence_grace_minutes * interval '1' minute as read_at
    from judged_moments
    cross join settings

),

-- few moments meet few events: much cheaper than a running sum of every count
counted as (

    select
        moments.person_key,
        moments.cycle_number,
        moments.visit_key,
        {% for kind, column in counts.items() -%}
        cast(
            coalesce(sum(case when events.kind = '{{ kind }}' then events.delta end), 0)
            as bigint
        ) as {{ column }},
        {% endfor -%}
        moments.kind
    from moments
    left join events
        on
            moments.person_key = events.person_key
            and moments.cycle_number = events.cycle_number
            and moments.read_at >= events.event_at
    group by
        moments.person_key,
        moments.cycle_number,
        moments.visit_key,
        moments.kind

),

running as (

    select
        person_key,
        cycle_number,
        kind,
        sum(sum(delta)) over (
            partition by person_key, cycle_number, kind order by event_at
        ) as height
    from events
    where kind in {{ heights }}
    group by person_key, cycle_number, kind, event_at

),

-- what was met once holds for the rest of the cycle
highest as (

    select
        {% for kind in heights -%}
        max(case when kind = '{{ kind }}' then height end) as {{ counts[kind] }},
        {% endfor -%}
        person_key,
        cycle_number
    from running
    group by person_key, cycle_number

),

read_out as (

    select
        counted.*{% for kind in heights %},
        case
            when counted.kind = 'as_of'
                then cast(coalesce(highest.{{ counts[kind] }}, 0) as bigint)
        end as highest_{{ counts[kind] }}{% endfor %}
    from counted
    left join highest
        on
            counted.person_key = highest.person_key
            and counted.cycle_number = highest.cycle_number

)

select * from read_out
