-- One row per handoff and stay of an owner between the offer and the decision (or
-- as_of). Whom the decision itself makes the owner is not among them.

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql' and not is_restored

),

decisions as (

    select * from {{ ref('int_handoff_decisions') }}

),

owner_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'owner'

),

build as (

    select * from {{ ref('int_as_of') }}

),

stays as (

    select
        visits.visit_key,
        owner_visits.mapped_value as owner_id,
        visits.counted_from as offered_at,
        coalesce(decisions.decided_at, build.as_of) as ended_at,
        -- a decision within the moment of the offer is still made by its owner
        greatest(visits.counted_from, owner_visits.valid_from) as owned_from,
        least(
            coalesce(owner_visits.valid_to, decisions.decided_at, build.as_of),
            coalesce(decisions.decided_at, build.as_of)
        ) as owned_to
    from visits
    cross join build
    left join decisions on visits.visit_key = decisions.visit_key
    inner join owner_visits
        on
            visits.record_id = owner_visits.record_id
            and owner_visits.valid_from <= coalesce(decisions.decided_at, build.as_of)
            and (
                owner_visits.valid_to is null
                or visits.counted_from < owner_visits.valid_to
            )
            and (
                decisions.decided_at is null
                or decisions.decided_at > owner_visits.valid_from
                or visits.counted_from >= owner_visits.valid_from
            )

)

select * from stays
