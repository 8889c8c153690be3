-- One row per rule and subject whose missing proof was filled in later, with when.

with

visits as (

    select * from {{ ref('int_stage_visits') }}

),

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

people as (

    select * from {{ ref('int_people') }}

),

person_deals as (

    select * from {{ ref('int_person_deals') }}
    where fact in ('open', 'won')

),

person_sources as (

    select * from {{ ref('int_person_sources') }}
    where fact = 'source_valid'

),

settings as (

    select * from {{ ref('int_settings') }}

),

reasons_filled as (

    select
        'EX03' as rule_code,
        handoff_key as subject_key,
        reason_filled_at as repaired_at
    from handoffs
    where reason_filled_at is not null

),

sources_filled as (

    select
        'EN03',
        visits.visit_key,
        min(person_sources.valid_from)
    from visits
    cross join settings
    inner join person_sources
        on
            visits.person_key = person_sources.person_key
            and person_sources.valid_from
            > visits.valid_from + settings.evidence_grace_minutes * interval '1' minute
    inner join people
        on visits.person_key = people.person_key and people.is_valid_lead_source
    where visits.stage_role = 'lead'
    group by visits.visit_key

),

-- a deal linked, opened or won while the person was still in the stage
deals_linked as (

    select
        case when person_deals.fact = 'open' then 'EN10' else 'EN12' end,
        visits.visit_key,
        min(person_deals.starts_at)
    from visits
    cross join settings
    inner join person_deals
        on
            visits.person_key = person_deals.person_key
            and visits.entry_cycle_number = person_deals.cycle_number
            and person_deals.starts_at
            > visits.valid_from + settings.evidence_grace_minutes * interval '1' minute
            and (visits.valid_to is null or visits.valid_to >= person_deals.starts_at)
    where
        (visits.stage_role = 'opportunity' and person_deals.fact = 'open')
        or (visits.stage_role = 'customer' and person_deals.fact = 'won')
    group by
        case when person_deals.fact = 'open' then 'EN10' else 'EN12' end,
        visits.visit_key

)

select * from reasons_filled

union all

select * from sources_filled

union all

select * from deals_linked
