-- One row per move to an off-funnel stage, with the structured reason that belongs to
-- it: set within the reason window or, without a history of the field, today's value
-- for the newest such move.

with

moves as (

    select * from {{ ref('int_stage_transitions_typed') }}
    where is_to_off_funnel and movement <> 'restored'

),


records as (

    select * from {{ ref('int_records_unioned') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

reason_changes as (

    select * from {{ ref('int_reason_changes') }}

),

coverage as (

    select * from {{ ref('int_field_coverage') }}
    where concept = 'rejection_reason'

),

mappings as (

    select * from {{ ref('int_value_mappings') }}
    where concept = 'rejection_reason'

),

dated as (

    select
        moves.subject_key,
        moves.position,
        reason_changes.reason_code,
        true as is_reason_dated
    from moves
    cross join settings
    inner join reason_changes
        on
            moves.subject_key = reason_changes.person_key
            and reason_changes.changed_at
            >= moves.changed_at - settings.reason_window_hours * interval '1' hour
            and reason_changes.changed_at
            <= moves.changed_at + settings.reason_window_hours * interval '1' hour
    qualify row_number() over (
        partition by moves.subject_key, moves.position
        order by
            abs({{ seconds_between('moves.changed_at', 'reason_changes.changed_at') }}),
            reason_changes.changed_at desc, reason_changes.reason_code asc
    ) = 1

),

described as (

    select
        moves.subject_key,
        moves.position,
        coalesce(coverage.has_changes, false) as is_reason_dated,
        row_number() over (
            partition by moves.subject_key order by moves.position desc
        ) = 1 as is_latest_rejection,
        dated.reason_code as dated_reason_code,
        mappings.value as undated_reason_code
    from moves
    inner join records on moves.record_id = records.record_id
    left join coverage
        on
            records.source_system = coverage.source_system
            and records.object_type = coverage.object_type
    left join dated
        on
            moves.subject_key = dated.subject_key
            and moves.position = dated.position
    left join mappings
        on
            records.source_system = mappings.source_system
            and lower(trim(records.rejection_reason_value)) = mappings.source_value_key
            and moves.changed_at >= mappings.valid_from
            and moves.changed_at < mappings.valid_to

),

reasoned as (

    select
        subject_key,
        position,
        case
            when is_reason_dated then dated_reason_code
            when is_latest_rejection then undated_reason_code
        end as reason_code,
        is_reason_dated,
        is_latest_rejection
    from described

)

select * from reasoned
