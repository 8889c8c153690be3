-- One row per change of a subject's timeline, in the one order that decides, with what
-- a clear that is set again at once and a restored record mean.

with

changes as (

    select * from {{ ref('int_subject_changes') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

positioned as (

    select
        *,
        row_number() over (
            partition by concept, subject_key
            order by
                changed_at, tie_rank, source_value nulls first,
                landed_actor_id nulls first, landed_change_source nulls first,
                record_id, change_key nulls first
        ) as position
    from changes

),

numbered as (

    select
        *,
        sum(case when event_kind in ('set', 'clear') then 1 else 0 end) over (
            partition by concept, subject_key order by position
            rows between unbounded preceding and current row
        ) as set_number
    from positioned

),

stated as (

    select
        *,
        -- what a restored record comes back with is what it had, perhaps nothing
        case
            when event_kind = 'set' then mapped_value
            when event_kind = 'restored' and set_number > 0
                then first_value(mapped_value) over (
                    partition by concept, subject_key, set_number order by position
                )
        end as stated_value
    from numbered

),

looked_ahead as (

    select
        *,
        min(case when stated_value is not null then changed_at end) over (
            partition by concept, subject_key order by position
            rows between 1 following and unbounded following
        ) as next_set_at
    from stated

),

resumed as (

    select
        looked_ahead.*,
        coalesce(
            looked_ahead.stated_value is null
            and {{
                seconds_between('looked_ahead.changed_at', 'looked_ahead.next_set_at')
            }}
            <= settings.clear_set_minutes * 60,
            false
        ) as is_interruption
    from looked_ahead
    cross join settings

)

select * from resumed
