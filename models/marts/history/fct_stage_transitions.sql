-- One row per change of a person's lifecycle stage, creation included.

with

stage_transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

transitions as (

    select
        transition_id,
        person_id,
        account_id,
        record_id,
        actor_id,
        from_stage,
        to_stage,
        movement,
        actor_team,
        actor_kind,
        reason_code,
        reason_route,
        source_value,
        from_stage_days,
        transition_number,
        stages_skipped_count,
        cast(cycle_number as bigint) as cycle_number,
        is_bulk,
        is_inferred,
        is_instant,
        is_observed,
        {{ local_date('transitioned_at') }} as transitioned_on,
        changed_after_at,
        transitioned_at
    from stage_transitions

)

select * from transitions
