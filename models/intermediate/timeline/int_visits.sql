-- One row per uninterrupted stay of a subject in one value, for every kind of timeline.

with

starts as (

    select * from {{ ref('int_visit_starts') }}
    where stated_value is not null

),

gaps as (

    select * from {{ ref('int_change_gaps') }}

),

teams as (

    select * from {{ ref('int_user_teams') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

numbered as (

    select
        starts.*,
        row_number() over in_order as visit_number,
        row_number() over (
            partition by starts.concept, starts.subject_key, starts.stated_value
            order by starts.position
        ) as visit_of_value_number,
        lag(starts.stated_value) over in_order as previous_value,
        lead(starts.stated_value) over in_order as next_value
    from starts
    window in_order as (
        partition by starts.concept, starts.subject_key order by starts.position
    )

),

described as (

    select
        row_number() over (
            order by numbered.concept, numbered.subject_key, numbered.visit_number
        ) as visit_key,
        numbered.subject_key,
        numbered.record_key,
        numbered.concept,
        md5(
            numbered.concept || '|' || numbered.record_id || '|'
            || numbered.stated_value || '|' || cast(numbered.changed_at as varchar)
        ) as visit_id,
        case
            when numbered.concept = 'person_stage' then clusters.cluster_id
            else numbered.record_id
        end as subject_id,
        numbered.record_id,
        case when clusters.cluster_kind = 'person' then clusters.cluster_id end
            as person_id,
        numbered.stated_value as mapped_value,
        numbered.previous_value,
        numbered.next_value,
        numbered.actor_id as entered_by_id,
        teams.team as entered_by_team,
        numbered.entered_by_kind,
        numbered.source_value,
        numbered.change_source,
        numbered.decision,
        numbered.visit_number,
        numbered.visit_of_value_number,
        numbered.touch_count,
        numbered.interruption_count,
        {{
            seconds_between(
                'numbered.changed_at', 'coalesce(numbered.ended_at, build.as_of)'
            )
        }} / 86400 as stay_days,
        numbered.ended_at is null as is_open,
        numbered.is_inferred as is_start_inferred,
        numbered.is_bulk,
        gaps.change_key is not null as is_gap_before,
        numbered.event_kind = 'restored' as is_restored,
        numbered.known_by = 'observed' as is_observed,
        numbered.changed_after as entered_after_at,
        numbered.changed_at as valid_from,
        numbered.ended_at as valid_to,
        case
            when numbered.is_inferred
                then greatest(
                    numbered.changed_at,
                    coalesce(numbered.coverage_from, numbered.changed_at)
                )
            else numbered.changed_at
        end as counted_from
    from numbered
    cross join build
    left join clusters on numbered.record_key = clusters.record_key
    left join gaps on numbered.change_key = gaps.change_key
    left join teams
        on
            numbered.actor_id = teams.user_id
            and numbered.changed_at >= teams.valid_from
            and numbered.changed_at < teams.valid_to

)

select * from described
