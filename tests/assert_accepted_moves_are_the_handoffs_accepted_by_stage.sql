-- Accepted moves of a stay that lasted without a handoff accepted via the stage, and
-- such handoffs without their move: the two tell one story and must never differ.

with

moves as (

    select transition_id
    from {{ ref('fct_stage_transitions') }}
    where movement = 'accepted' and not is_instant

),

handoffs as (

    select decided_transition_id as transition_id
    from {{ ref('fct_handoffs') }}
    where accepted_via = 'stage'

),

compared as (

    select
        moves.transition_id as moved_by,
        handoffs.transition_id as accepted_by
    from moves
    full join handoffs
        on moves.transition_id = handoffs.transition_id

)

select * from compared
where moved_by is null or accepted_by is null
