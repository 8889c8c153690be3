-- One row per change made while its actor changed many records of one object at once.
-- Each record's changes become stretches of two windows' width, merged where they
-- touch; the stretches open at a moment are the records changed around it: one sort.

with

changes as (

    select
        *,
        coalesce(actor_id, '') as actor
    from {{ ref('int_changes_mapped') }}
    -- many changes bear the moment of a load or of a day; a creation (its key is
    -- negative) without an actor is nobody's doing
    where
        actor_kind in ('human', 'unknown')
        and known_by = 'history'
        and (change_key > 0 or actor_id is not null)

),

settings as (

    select * from {{ ref('int_settings') }}

),

spaced as (

    select
        *,
        {{ seconds_between('lag(changed_at) over same_record', 'changed_at') }}
            as seconds_since,
        {{ seconds_between('changed_at', 'lead(changed_at) over same_record') }}
            as seconds_until
    from changes
    window same_record as (
        partition by source_system, actor, object_type, record_key
        order by changed_at, change_key
    )

),

marks as (

    select
        spaced.source_system,
        spaced.actor,
        spaced.object_type,
        spaced.changed_at
        - settings.bulk_window_seconds * interval '1' second as marked_at,
        0 as mark_rank,
        1 as opened_count,
        cast(null as bigint) as change_key
    from spaced
    cross join settings
    where coalesce(spaced.seconds_since > 2 * settings.bulk_window_seconds, true)

    union all

    select
        spaced.source_system,
        spaced.actor,
        spaced.object_type,
        spaced.changed_at
        + settings.bulk_window_seconds * interval '1' second,
        2,
        -1,
        null
    from spaced
    cross join settings
    where coalesce(spaced.seconds_until > 2 * settings.bulk_window_seconds, true)

    union all

    select
        source_system,
        actor,
        object_type,
        changed_at,
        1,
        0,
        change_key
    from spaced

),

counted as (

    select
        change_key,
        sum(opened_count) over (
            partition by source_system, actor, object_type
            order by marked_at, mark_rank
            rows between unbounded preceding and current row
        ) as record_count
    from marks

),

swarms as (

    select
        counted.change_key,
        counted.record_count
    from counted
    cross join settings
    where
        counted.change_key is not null
        and counted.record_count >= settings.bulk_record_count

)

select * from swarms
