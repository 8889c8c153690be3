-- One row per stage visit and judged moment at which a deal was open: the first
-- opened.

with

moments as (

    select * from {{ ref('int_judged_moments') }}
    where moment_kind <> 'as_of'

),

person_deals as (

    select * from {{ ref('int_person_deals') }}
    where fact = 'open'

),

settings as (

    select * from {{ ref('int_settings') }}

),

open_then as (

    select
        moments.visit_key,
        moments.moment_kind,
        person_deals.deal_id,
        row_number() over (
            partition by moments.visit_key, moments.moment_kind
            order by person_deals.starts_at, person_deals.deal_id
        ) as opening_number
    from moments
    cross join settings
    inner join person_deals
        on
            moments.person_key = person_deals.person_key
            and moments.cycle_number = person_deals.cycle_number
            and person_deals.starts_at
            <= moments.judged_at + settings.evidence_grace_minutes * interval '1' minute
            and (
                person_deals.ends_at is null or moments.judged_at < person_deals.ends_at
            )

)

select
    visit_key,
    moment_kind,
    deal_id
from open_then
where opening_number = 1
