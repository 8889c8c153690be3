-- One row per uninterrupted stay of a person in one stage.

with

visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'person_stage'

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

exits as (

    select
        *,
        row_number() over (
            partition by person_key, transitioned_at order by transition_key
        ) as exit_number,
        last_value(to_stage) over moment as stage_after,
        last_value(to_role) over moment as role_after,
        last_value(to_rank) over moment as rank_after
    from transitions
    window moment as (
        partition by person_key, transitioned_at order by transition_key
        rows between unbounded preceding and unbounded following
    )

),

described as (

    select
        visits.visit_key,
        visits.visit_id,
        visits.subject_key as person_key,
        visits.subject_id as person_id,
        visits.record_id,
        visits.mapped_value as lifecycle_stage,
        stages.stage_role,
        visits.previous_value as previous_stage,
        entries.from_role as previous_role,
        visits.next_value as next_stage,
        exits.role_after as next_role,
        visits.entered_by_id,
        visits.entered_by_team,
        visits.entered_by_kind,
        visits.source_value,
        stages.owner_team,
        entries.movement as entry_movement,
        exits.movement as exit_movement,
        entries.transition_key as entry_transition_key,
        exits.transition_key as exit_transition_key,
        stages.stage_rank,
        stages.max_days,
        visits.visit_number,
        visits.visit_of_value_number,
        visits.touch_count,
        visits.interruption_count,
        entries.cycle_number as entry_cycle_number,
        coalesce(
            exits.cycle_number,
            entries.cycle_number
            + case
                when
                    stages.is_off_funnel
                    and entries.movement not in ('created', 'restored')
                    then 1
                else 0
            end
        ) as exit_cycle_number,
        visits.stay_days,
        coalesce(stages.is_off_funnel, false) as is_off_funnel,
        coalesce(exits.rank_after > stages.stage_rank, false) as is_exit_forward,
        visits.is_open,
        visits.is_start_inferred,
        visits.is_bulk,
        coalesce(exits.is_bulk, false) as is_exit_bulk,
        visits.is_gap_before,
        coalesce(visits.is_restored or entries.movement = 'restored', false)
            as is_restored,
        visits.is_observed,
        coalesce(exits.is_observed, false) as is_exit_observed,
        visits.entered_after_at,
        exits.changed_after_at as exited_after_at,
        visits.valid_from,
        visits.valid_to,
        visits.counted_from
    from visits
    left join stages
        on
            visits.mapped_value = stages.lifecycle_stage
            and visits.valid_from >= stages.valid_from
            and visits.valid_from < stages.valid_to
    left join transitions as entries
        on
            visits.subject_key = entries.person_key
            and visits.valid_from = entries.transitioned_at
            and visits.mapped_value = entries.to_stage
            and not entries.is_passing
    left join exits
        on
            visits.subject_key = exits.person_key
            and visits.valid_to = exits.transitioned_at
            and exits.exit_number = 1

)

select * from described
