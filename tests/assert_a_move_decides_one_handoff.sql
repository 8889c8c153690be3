-- Moves that decide more than one handoff, or one of another person.

with

handoffs as (

    select * from {{ ref('fct_handoffs') }}
    where decided_transition_id is not null

),

transitions as (

    select * from {{ ref('fct_stage_transitions') }}

)

select
    handoffs.decided_transition_id,
    count(*) as handoff_count
from handoffs
left join transitions on handoffs.decided_transition_id = transitions.transition_id
group by handoffs.decided_transition_id
having
    count(*) > 1
    or count(*) filter (where handoffs.person_id = transitions.person_id) = 0
