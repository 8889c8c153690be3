-- One row per change of a person's stage, creation included.

with

transitions as (

    select * from {{ ref('int_stage_transitions_typed') }}

),

reasons as (

    select * from {{ ref('int_stage_reasons') }}

),

reason_codes as (

    select * from {{ ref('reasons') }}

),

teams as (

    select * from {{ ref('int_user_teams') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

accounts as (

    select * from {{ ref('int_person_accounts') }}

),

numbered as (

    select
        *,
        row_number() over (order by subject_key, position) as transition_key,
        row_number() over (partition by subject_key order by position)
            as transition_number,
        row_number() over (
            partition by record_key, changed_at, source_value order by position
        ) as moment_position,
        1 + coalesce(
            cast(
                sum(
                    case
                        when
                            is_to_off_funnel
                            and movement not in ('created', 'restored')
                            then 1
                        else 0
                    end
                ) over (
                    partition by subject_key order by position
                    rows between unbounded preceding and 1 preceding
                ) as bigint
            ),
            0
        ) as cycle_number,
        lag(changed_at) over (partition by subject_key order by position)
            as last_changed_at,
        lead(changed_at) over (partition by subject_key order by position)
            as next_changed_at
    from transitions

),

described as (

    select
        numbered.transition_key,
        md5(
            numbered.record_id || '|' || cast(numbered.changed_at as varchar) || '|'
            || coalesce(numbered.source_value, '') || '|'
            || cast(numbered.moment_position as varchar)
        ) as transition_id,
        numbered.transition_number,
        numbered.subject_key as person_key,
        numbered.change_key,
        clusters.cluster_id as person_id,
        accounts.account_id,
        numbered.record_id,
        numbered.from_stage,
        numbered.from_role,
        numbered.stated_value as to_stage,
        numbered.to_role,
        numbered.movement,
        numbered.actor_id,
        teams.team as actor_team,
        numbered.entered_by_kind as actor_kind,
        reasons.reason_code,
        reason_codes.reason_route,
        numbered.source_value,
        numbered.change_source,
        numbered.from_rank,
        numbered.to_rank,
        case
            when numbered.value_before is not null
                then {{
                    seconds_between('numbered.moved_before_at', 'numbered.changed_at')
                }} / 86400
        end as from_stage_days,
        numbered.stages_skipped_count,
        numbered.cycle_number,
        not numbered.is_from_off_funnel
        and numbered.from_rank is not null
        and coalesce(numbered.to_rank > numbered.from_rank, false) as is_forward,
        numbered.is_from_off_funnel,
        numbered.is_to_off_funnel,
        numbered.is_bulk,
        numbered.is_inferred,
        coalesce(numbered.last_changed_at = numbered.changed_at, false) as is_instant,
        coalesce(numbered.next_changed_at = numbered.changed_at, false) as is_passing,
        coalesce(reasons.is_reason_dated, false) as is_reason_dated,
        coalesce(reasons.is_latest_rejection, false) as is_latest_rejection,
        numbered.known_by = 'observed' as is_observed,
        numbered.changed_after as changed_after_at,
        numbered.changed_at as transitioned_at
    from numbered
    inner join clusters on numbered.record_key = clusters.record_key
    left join accounts on numbered.subject_key = accounts.person_key
    left join reasons
        on
            numbered.subject_key = reasons.subject_key
            and numbered.position = reasons.position
    left join reason_codes on reasons.reason_code = reason_codes.reason_code
    left join teams
        on
            numbered.actor_id = teams.user_id
            and numbered.changed_at >= teams.valid_from
            and numbered.changed_at < teams.valid_to

)

select * from described
