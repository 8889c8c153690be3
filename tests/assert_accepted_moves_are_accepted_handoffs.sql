-- Moves from MQL to the acceptance stage that are not the decision of a handoff, and
-- handoffs accepted via the stage without such a move. A move out of an MQL of no
-- length is instant and has no handoff; nor has an MQL restored after its handoff was
-- void; and where a status decided before, the move only follows. Where a visit ends in
-- a moment of several values, the move to acceptance may be an instant one.

with

transitions as (

    select * from {{ ref('fct_stage_transitions') }}

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

moves as (

    select * from transitions
    where movement = 'accepted' and not is_instant

),

last_offers as (

    select
        moves.transition_id,
        max(handoffs.offered_at) as offered_at
    from moves
    inner join handoffs
        on
            moves.person_id = handoffs.person_id
            and moves.transitioned_at >= handoffs.offered_at
    group by moves.transition_id

),

decided as (

    select
        moves.transition_id,
        moves.person_id,
        handoffs.decision,
        handoffs.accepted_via,
        handoffs.decided_transition_id
    from moves
    left join last_offers on moves.transition_id = last_offers.transition_id
    left join handoffs
        on
            moves.person_id = handoffs.person_id
            and last_offers.offered_at = handoffs.offered_at

)

select
    transition_id,
    person_id,
    'move without its handoff' as problem
from decided
where
    not coalesce(
        (decided_transition_id = transition_id and accepted_via = 'stage')
        or (decided_transition_id is null and decision <> 'pending')
        or decision = 'void',
        false
    )

union all

select
    handoffs.handoff_id,
    handoffs.person_id,
    'handoff without its move'
from handoffs
left join transitions on handoffs.decided_transition_id = transitions.transition_id
where
    handoffs.accepted_via = 'stage'
    and not coalesce(
        transitions.transitioned_at = handoffs.decided_at
        and (transitions.movement = 'accepted' or transitions.is_instant),
        false
    )
