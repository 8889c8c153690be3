-- One row per person, cycle, deal, fact and stretch of time in which it held for them.
-- A deal belongs to every cycle in which it was not yet closed at the cycle's start;
-- one that closed on a day, without a time, may have been open to the day's end.

with

deal_people as (

    select * from {{ ref('int_deal_people') }}

),

facts as (

    select * from {{ ref('int_deal_facts') }}

),

cycles as (

    select * from {{ ref('int_person_cycles') }}

),

existing as (

    select
        deal_id,
        min(valid_from) as exists_from
    from facts
    group by deal_id

),

held as (

    select
        deal_people.person_key,
        deal_people.deal_id,
        deal_people.deal_key,
        deal_people.link_kind,
        facts.fact,
        facts.sure_from as fact_by,
        greatest(
            facts.valid_from, coalesce(deal_people.held_from, facts.valid_from)
        ) as starts_at,
        greatest(
            facts.sure_from, coalesce(deal_people.held_from, facts.sure_from)
        ) as surely_starts_at,
        -- who leaves an account keeps what was won or lost there by then
        case
            when facts.fact in ('won', 'lost') then facts.valid_to
            else
                least(
                    coalesce(facts.valid_to, deal_people.held_to),
                    coalesce(deal_people.held_to, facts.valid_to)
                )
        end as ends_at,
        case
            when facts.fact in ('won', 'lost') then facts.sure_to
            else
                least(
                    coalesce(facts.sure_to, deal_people.held_to),
                    coalesce(deal_people.held_to, facts.sure_to)
                )
        end as surely_ends_at,
        deal_people.held_to,
        existing.exists_from
    from deal_people
    inner join facts on deal_people.deal_id = facts.deal_id
    inner join existing on deal_people.deal_id = existing.deal_id

),

in_cycles as (

    select
        held.person_key,
        cycles.cycle_number,
        cycles.is_current,
        held.deal_key,
        held.deal_id,
        held.link_kind,
        held.fact,
        held.starts_at,
        held.surely_starts_at,
        held.ends_at,
        held.surely_ends_at
    from held
    inner join cycles on held.person_key = cycles.person_key
    where
        (held.ends_at is null or held.starts_at < held.ends_at)
        and coalesce(held.starts_at < held.held_to, true)
        and held.exists_from <= cycles.ends_at
        and case
            when held.fact in ('won', 'lost')
                then cycles.cycle_number = 1 or held.fact_by > cycles.starts_at
            else held.ends_at is null or held.ends_at > cycles.starts_at
        end

)

select * from in_cycles
