-- Moves that do not start where the person's move before ended, and people who were
-- created twice, not at all or not first.

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

chained as (

    select
        transition_id,
        person_id,
        movement,
        from_stage,
        row_number() over person as place,
        last_value(to_stage ignore nulls) over (
            partition by person_key
            order by transition_key
            rows between unbounded preceding and 1 preceding
        ) as stage_before,
        transitioned_at < lag(transitioned_at) over person as is_out_of_time
    from transitions
    window person as (partition by person_key order by transition_key)

)

select *
from chained
where
    from_stage is distinct from stage_before
    or (movement = 'created') <> (place = 1)
    or is_out_of_time
