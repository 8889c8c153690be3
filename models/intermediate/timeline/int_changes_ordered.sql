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
        ) as position,
        event_kind in ('set', 'restored') as is_set
    from changes

),

looked_ahead as (

    select
        *,
        min(case when is_set then changed_at end) over (
            partition by concept, subject_key order by position
            rows between 1 following and unbounded following
        ) as next_set_at,
        sum(case when event_kind in ('set', 'clear') then 1 else 0 end) over (
            partition by concept, subject_key order by position
            rows between unbounded preceding and current row
        ) as set_number
    from positioned

),

resumed as (

    select
        looked_ahead.*,
        coalesce(
            not looked_ahead.is_set
            and {{
                seconds_between('looked_ahead.changed_at', 'looked_ahead.next_set_at')
            }}
            <= settings.clear_set_minutes * 60,
            false
        ) as is_interruption,
        -- what a restored record comes back with is what it had
        case
            when looked_ahead.event_kind = 'set' then looked_ahead.mapped_value
            when looked_ahead.event_kind = 'restored' and looked_ahead.set_number > 0
                then first_value(looked_ahead.mapped_value) over (
                    partition by
                        looked_ahead.concept, looked_ahead.subject_key,
                        looked_ahead.set_number
                    order by looked_ahead.position
                )
        end as stated_value
    from looked_ahead
    cross join settings

)

select * from resumed
