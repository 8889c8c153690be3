-- One row per stage change of a person's records, with what the person made of it.
-- What counts depends on what counted before: all values are taken to count at first,
-- and each round judges every change by what the round before let count, until nothing
-- changes any more. Each round settles at least the next change of each person.

with recursive

changes as (

    select * from {{ ref('int_person_births') }}

),

standings as (

    select * from {{ ref('int_person_standings') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

disputed as (

    select
        changes.change_key,
        changes.person_key,
        changes.record_key,
        changes.position,
        changes.mapped_value,
        changes.written_value,
        changes.stage_rank,
        changes.is_off_funnel,
        changes.is_sold,
        changes.has_value,
        changes.is_unmapped,
        changes.is_birth,
        changes.is_rewrite,
        changes.is_heard,
        changes.is_propagated,
        coalesce(standings.own_rank, 0) as own_rank,
        coalesce(standings.live_rank, 0) as live_rank,
        coalesce(standings.is_own_sold, false) as is_own_sold,
        changes.first_fate,
        settings.echo_hours * 3600 as echo_seconds,
        changes.changed_at,
        changes.written_at
    from changes
    cross join settings
    left join standings on changes.change_key = standings.change_key
    where changes.is_disputed

),

judged as (

    select
        *,
        case
            when is_heard and not has_value then 'foreign_clear'
            else first_fate
        end as fate,
        0 as round
    from disputed

    union all

    select
        change_key,
        person_key,
        record_key,
        position,
        mapped_value,
        written_value,
        stage_rank,
        is_off_funnel,
        is_sold,
        has_value,
        is_unmapped,
        is_birth,
        is_rewrite,
        is_heard,
        is_propagated,
        own_rank,
        live_rank,
        is_own_sold,
        first_fate,
        echo_seconds,
        changed_at,
        written_at,
        new_fate as fate,
        round + 1 as round
    from (
        with

        pointed as (

            select
                *,
                max(case when fate = 'counted' then position end) over earlier
                    as moved_position,
                max(case when fate = 'counted' and not is_unmapped then position end)
                    over earlier as placed_position,
                max(case when fate = 'counted' and has_value then position end)
                    over earlier as set_position,
                max(case when fate = 'counted' and has_value then position end) over (
                    partition by person_key, written_value order by position
                    rows between unbounded preceding and 1 preceding
                ) as same_position,
                min(case when fate = 'counted' and has_value then changed_at end) over (
                    partition by person_key order by position
                    rows between 1 following and unbounded following
                ) as left_at,
                count(case when fate = 'counted' and is_off_funnel then 1 end)
                    over earlier as cycle
            from judged
            window earlier as (
                partition by person_key order by position
                rows between unbounded preceding and 1 preceding
            )

        ),

        topped as (

            select
                *,
                max(case when fate = 'counted' then stage_rank end) over (
                    partition by person_key, cycle order by position
                    rows between unbounded preceding and 1 preceding
                ) as top_rank
            from pointed

        ),

        stated as (

            select
                topped.*,
                moved.mapped_value as person_value,
                coalesce(placed.stage_rank, 0) as person_rank,
                coalesce(placed.is_off_funnel, false) as is_person_off_funnel,
                coalesce(placed.is_sold, false) as is_person_sold,
                coalesce(carriers.record_key = topped.record_key, false) as is_carrier,
                coalesce(
                    topped.is_propagated
                    and topped.written_value <> carriers.mapped_value
                    and {{ seconds_between('same.left_at', 'topped.written_at') }}
                    <= topped.echo_seconds,
                    false
                ) as is_echo
            from topped
            left join topped as moved
                on
                    topped.person_key = moved.person_key
                    and topped.moved_position = moved.position
            left join topped as placed
                on
                    topped.person_key = placed.person_key
                    and topped.placed_position = placed.position
            left join topped as carriers
                on
                    topped.person_key = carriers.person_key
                    and topped.set_position = carriers.position
            left join topped as same
                on
                    topped.person_key = same.person_key
                    and topped.same_position = same.position

        ),

        weighed as (

            select
                *,
                case
                    when not is_heard then first_fate
                    when not has_value and is_echo then 'echo'
                    when not has_value and not is_carrier then 'foreign_clear'
                    when not has_value then 'counted'
                    when is_rewrite and mapped_value = person_value then 'counted'
                    when is_rewrite then 'rewrite'
                    when
                        is_birth
                        and person_value is not null
                        and case
                            -- Their cycle has no rank yet that a copy could outrank.
                            when is_person_off_funnel
                                then is_propagated or coalesce(stage_rank, 0) = 0
                            else coalesce(stage_rank, 0) <= coalesce(top_rank, 0)
                        end
                        then 'late_birth'
                    when is_echo then 'echo'
                    when live_rank < person_rank then 'counted'
                    when
                        own_rank < person_rank
                        and not is_off_funnel
                        and coalesce(stage_rank, 0) < person_rank
                        then 'below_person'
                    when is_person_sold and not is_sold and not is_own_sold
                        then 'below_person'
                    else 'counted'
                end as new_fate
            from stated

        )

        select *
        from weighed
        qualify bool_or(new_fate <> fate) over (partition by person_key)
    ) as weighed

),

settled as (

    select
        change_key,
        fate
    from judged
    qualify row_number() over (partition by change_key order by round desc) = 1

),

counted as (

    select
        *,
        max(case when has_value then position end) over (
            partition by person_key order by position
            rows between unbounded preceding and 1 preceding
        ) as value_before_position
    from changes
    where not is_disputed

),

undisputed as (

    select
        change_key,
        -- nothing to clear before the first value
        case
            when has_value or value_before_position is not null then first_fate
            else 'foreign_clear'
        end as fate
    from counted

),

told as (

    select * from settled
    union all
    select * from undisputed

)

select
    changes.*,
    told.fate
from changes
inner join told on changes.change_key = told.change_key
