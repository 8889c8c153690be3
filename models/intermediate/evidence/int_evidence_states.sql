-- One row per person, cycle and change of a count that deals, papers and attributes
-- make. What helps stands at its own time, what speaks against is late by the grace;
-- for the openness that speaks against leaving an opportunity it is the other way
-- round.

with

person_deals as (

    select * from {{ ref('int_person_deals') }}

),

documents as (

    select * from {{ ref('int_documents_unioned') }}

),

person_fit as (

    select * from {{ ref('int_person_fit') }}

),

person_sources as (

    select * from {{ ref('int_person_sources') }}

),

person_scores as (

    select * from {{ ref('int_person_scores') }}

),

cycles as (

    select * from {{ ref('int_person_cycles') }}

),

settings as (

    select evidence_grace_minutes * interval '1' minute as grace
    from {{ ref('int_settings') }}

),

linked as (

    select
        person_key,
        cycle_number,
        deal_id,
        min(starts_at) as linked_at
    from person_deals
    group by person_key, cycle_number, deal_id

),

papers as (

    select
        linked.person_key,
        linked.cycle_number,
        case when documents.document_type = 'contract' then 'contract' else 'quote' end
            as fact,
        greatest(
            linked.linked_at,
            case
                when documents.document_type = 'contract' then documents.signed_at
                else documents.sent_at
            end
        ) as starts_at
    from linked
    inner join documents on linked.deal_id = documents.deal_id
    inner join cycles
        on
            linked.person_key = cycles.person_key
            and linked.cycle_number = cycles.cycle_number
    where
        case
            when documents.document_type = 'contract' then documents.surely_signed_at
            else documents.surely_sent_at
        end > cycles.starts_at

),

-- fit and source are lifelong: they count in every cycle
lifelong as (

    select
        person_key,
        fact,
        valid_from,
        valid_to
    from person_fit
    union all
    select
        person_key,
        fact,
        valid_from,
        valid_to
    from person_sources

),

stretches as (

    select
        person_key,
        cycle_number,
        'deal_' || fact as kind,
        1 as delta,
        starts_at,
        ends_at
    from person_deals

    union all

    select
        person_key,
        cycle_number,
        'deal',
        1,
        linked_at,
        null
    from linked

    union all

    select
        person_key,
        cycle_number,
        fact,
        1,
        starts_at,
        null
    from papers

    union all

    select
        lifelong.person_key,
        cycles.cycle_number,
        lifelong.fact,
        1,
        lifelong.valid_from,
        case when lifelong.valid_to < timestamp '9999-01-01' then lifelong.valid_to end
    from lifelong
    inner join cycles on lifelong.person_key = cycles.person_key

    union all

    select
        person_key,
        cycle_number,
        fact,
        score,
        valid_from,
        case when valid_to < timestamp '9999-01-01' then valid_to end
    from person_scores

),

changes as (

    select
        person_key,
        cycle_number,
        kind,
        delta,
        starts_at as event_at
    from stretches

    union all

    select
        stretches.person_key,
        stretches.cycle_number,
        stretches.kind,
        -stretches.delta,
        case
            when
                stretches.kind in (
                    'fit_unknown', 'source_unknown', 'score_unknown', 'crm_score'
                )
                then stretches.ends_at
            else stretches.ends_at + settings.grace
        end
    from stretches
    cross join settings
    where stretches.ends_at is not null

    union all

    -- open in the way that speaks against: not if it closes within the grace
    select
        person_deals.person_key,
        person_deals.cycle_number,
        'still_open',
        1,
        person_deals.starts_at + settings.grace
    from person_deals
    cross join settings
    where
        person_deals.fact = 'open'
        and (
            person_deals.surely_ends_at is null
            or person_deals.surely_ends_at > person_deals.starts_at + settings.grace
        )

    union all

    select
        person_deals.person_key,
        person_deals.cycle_number,
        'still_open',
        -1,
        person_deals.surely_ends_at
    from person_deals
    cross join settings
    where
        person_deals.fact = 'open'
        and person_deals.surely_ends_at > person_deals.starts_at + settings.grace

)

select
    person_key,
    cycle_number,
    kind,
    cast(delta as bigint) as delta,
    event_at
from changes
