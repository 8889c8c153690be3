-- One row per build (exactly one row of engine settings).
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as clear_set_minutes,
    cast(null as bigint) as evidence_grace_minutes,
    cast(null as bigint) as creation_window_seconds,
    cast(null as bigint) as bulk_record_count,
    cast(null as bigint) as bulk_window_seconds,
    cast(null as bigint) as echo_hours,
    cast(null as bigint) as sync_minutes,
    cast(null as bigint) as reason_window_hours,
    cast(null as bigint) as max_lag_hours,
    cast(null as bigint) as flap_minutes
where false
