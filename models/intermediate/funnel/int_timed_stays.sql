-- One row per stage visit, with the team that owned it and whether its length counts.

with

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

visit_teams as (

    select * from {{ ref('int_visit_teams') }}

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

stays as (

    select
        stage_visits.visit_key,
        stage_visits.lifecycle_stage,
        coalesce(visit_teams.owner_team, 'unassigned') as owner_team,
        stage_visits.stay_days,
        stage_visits.is_open,
        not stage_visits.is_start_inferred
        and not stage_visits.is_bulk
        and not stage_visits.is_exit_bulk
        -- a move seen only between two loads is dated well enough within a day
        and coalesce(
            {{
                seconds_between(
                    'stage_visits.entered_after_at', 'stage_visits.valid_from'
                )
            }} <= 86400,
            true
        )
        and coalesce(
            {{
                seconds_between(
                    'stage_visits.exited_after_at', 'stage_visits.valid_to'
                )
            }} <= 86400,
            true
        )
        and coalesce(stage_visits.entered_by_kind, 'unknown') != 'propagated'
        and coalesce(transitions.actor_kind, 'unknown') != 'propagated' as is_timed,
        stage_visits.is_open and coalesce(
            {{ seconds_between('stage_visits.counted_from', 'as_of.as_of') }}
            > stage_visits.max_days * 86400, false
        ) as is_overdue
    from stage_visits
    cross join as_of
    left join visit_teams
        on stage_visits.visit_key = visit_teams.visit_key
    left join transitions
        on stage_visits.exit_transition_key = transitions.transition_key

)

select * from stays
