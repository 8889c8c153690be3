-- Visits in a mapped stage that no move of the person began, and moves to a stage that
-- lasted without the visit they must begin.

with

visits as (

    select * from {{ ref('fct_stage_visits') }}
    where lifecycle_stage <> 'unmapped'

),

moves as (

    select * from {{ ref('int_stage_transitions') }}
    where to_stage is not null and not is_passing

)

select
    visits.visit_id,
    moves.transition_id
from visits
full join moves
    on
        visits.person_id = moves.person_id
        and visits.lifecycle_stage = moves.to_stage
        and visits.valid_from = moves.transitioned_at
where visits.visit_id is null or moves.transition_id is null
