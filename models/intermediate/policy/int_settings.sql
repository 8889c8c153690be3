-- One row per build: the settings of the engine, defaults where the policy is silent.

with

thresholds as (

    select * from {{ ref('rule_thresholds') }}

),

business_hours as (

    select * from {{ ref('business_hours') }}

),

current_settings as (

    -- Settings shape the whole history at once, so only the row without an end counts.
    select
        threshold_name,
        cast(threshold_value as bigint) as threshold_value
    from thresholds
    where rule_code = 'ALL' and valid_to is null

),

zone as (

    select coalesce(min(time_zone), 'UTC') as business_time_zone from business_hours

),

pivoted as (

    select
        max(threshold_value) filter (
            where threshold_name = 'clear_set_minutes'
        ) as clear_set_minutes,
        max(threshold_value) filter (
            where threshold_name = 'evidence_grace_minutes'
        ) as evidence_grace_minutes,
        max(threshold_value) filter (
            where threshold_name = 'creation_window_seconds'
        ) as creation_window_seconds,
        max(threshold_value) filter (
            where threshold_name = 'bulk_record_count'
        ) as bulk_record_count,
        max(threshold_value) filter (
            where threshold_name = 'bulk_window_seconds'
        ) as bulk_window_seconds,
        max(threshold_value) filter (
            where threshold_name = 'echo_hours'
        ) as echo_hours,
        max(threshold_value) filter (
            where threshold_name = 'sync_minutes'
        ) as sync_minutes,
        max(threshold_value) filter (
            where threshold_name = 'reason_window_hours'
        ) as reason_window_hours,
        max(threshold_value) filter (
            where threshold_name = 'max_lag_hours'
        ) as max_lag_hours,
        max(threshold_value) filter (
            where threshold_name = 'flap_minutes'
        ) as flap_minutes,
        max(threshold_value) filter (
            where threshold_name = 'cluster_record_count'
        ) as cluster_record_count,
        max(threshold_value) filter (
            where threshold_name = 'budget_judged_count'
        ) as budget_judged_count
    from current_settings

),

settings as (

    select
        zone.business_time_zone,
        coalesce(pivoted.clear_set_minutes, 5) as clear_set_minutes,
        coalesce(pivoted.evidence_grace_minutes, 15) as evidence_grace_minutes,
        coalesce(pivoted.creation_window_seconds, 60) as creation_window_seconds,
        coalesce(pivoted.bulk_record_count, 50) as bulk_record_count,
        coalesce(pivoted.bulk_window_seconds, 60) as bulk_window_seconds,
        coalesce(pivoted.echo_hours, 24) as echo_hours,
        coalesce(pivoted.sync_minutes, 15) as sync_minutes,
        coalesce(pivoted.reason_window_hours, 24) as reason_window_hours,
        coalesce(pivoted.max_lag_hours, 48) as max_lag_hours,
        coalesce(pivoted.flap_minutes, 60) as flap_minutes,
        coalesce(pivoted.cluster_record_count, 3) as cluster_record_count,
        coalesce(pivoted.budget_judged_count, 20) as budget_judged_count
    from pivoted
    cross join zone

)

select * from settings
