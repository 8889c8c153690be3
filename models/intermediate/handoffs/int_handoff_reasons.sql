-- One row per rejected handoff, with the structured reason that belongs to it.
-- The deciding move brings its own; for a deciding status it is found the same way.

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql' and not is_restored

),

rejections as (

    select * from {{ ref('int_handoff_decisions') }}
    where decision in ('rejected_recycled', 'rejected_disqualified')

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where movement in ('rejected', 'recycled', 'disqualified', 'churned', 'lost')

),

reason_changes as (

    select * from {{ ref('int_reason_changes') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

coverage as (

    select * from {{ ref('int_field_coverage') }}
    where concept = 'rejection_reason'

),

mappings as (

    select * from {{ ref('int_value_mappings') }}
    where concept = 'rejection_reason'

),

settings as (

    select * from {{ ref('int_settings') }}

),

last_rejections as (

    select
        person_key,
        max(transitioned_at) as last_rejected_at
    from transitions
    group by person_key

),

rejected as (

    select
        rejections.*,
        visits.person_key,
        visits.record_id,
        rejections.decided_at
        - settings.reason_window_hours * interval '1' hour as window_from,
        rejections.decided_at
        + settings.reason_window_hours * interval '1' hour as window_to,
        rejections.decided_at >= max(rejections.decided_at) over (
            partition by visits.person_key
        ) and coalesce(
            last_rejections.last_rejected_at
            <= coalesce(visits.valid_to, rejections.decided_at),
            true
        ) as is_newest
    from rejections
    cross join settings
    inner join visits on rejections.visit_key = visits.visit_key
    left join last_rejections on visits.person_key = last_rejections.person_key

),

near as (

    select
        rejected.visit_key,
        reason_changes.reason_code,
        row_number() over (
            partition by rejected.visit_key
            order by
                abs({{ seconds_between(
                    'rejected.decided_at', 'reason_changes.changed_at'
                ) }}),
                reason_changes.changed_at desc,
                reason_changes.reason_code asc
        ) as nearness
    from rejected
    inner join reason_changes
        on
            rejected.person_key = reason_changes.person_key
            and rejected.window_from <= reason_changes.changed_at
            and rejected.window_to >= reason_changes.changed_at

),

later as (

    select
        rejected.visit_key,
        min(reason_changes.changed_at) as reason_filled_at
    from rejected
    inner join reason_changes
        on
            rejected.person_key = reason_changes.person_key
            and rejected.window_to < reason_changes.changed_at
    group by rejected.visit_key

),

reasoned as (

    select
        rejected.visit_key,
        coalesce(
            rejected.reason_code,
            case
                when rejected.decided_transition_key is not null then null
                when coverage.has_changes then near.reason_code
                when rejected.is_newest then mappings.value
            end
        ) as reason_code,
        coalesce(rejected.is_reason_dated, coverage.has_changes, false)
            as is_reason_dated,
        coalesce(rejected.is_latest_rejection, rejected.is_newest)
            as is_latest_rejection,
        later.reason_filled_at
    from rejected
    left join near on rejected.visit_key = near.visit_key and near.nearness = 1
    left join later on rejected.visit_key = later.visit_key
    left join records on rejected.record_id = records.record_id
    left join coverage
        on
            records.source_system = coverage.source_system
            and records.object_type = coverage.object_type
    left join mappings
        on
            records.source_system = mappings.source_system
            and lower(trim(records.rejection_reason_value)) = mappings.source_value_key
            and rejected.decided_at >= mappings.valid_from
            and rejected.decided_at < mappings.valid_to

)

select * from reasoned
