-- Moves out of a stage that do not say how long it lasted, and moves out of none that
-- do.

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

placed as (

    select
        transition_id,
        movement,
        from_stage_days,
        lag(to_stage) over (
            partition by person_key order by transition_key
        ) as stage_before
    from transitions

)

select * from placed
where (from_stage_days is null) != (stage_before is null)
