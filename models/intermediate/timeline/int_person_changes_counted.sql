-- One row per stage change of a person's records, with what the person made of it.

with

changes as (

    select * from {{ ref('int_person_changes') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

positioned as (

    select
        *,
        row_number() over (
            partition by person_key
            order by
                changed_at, tie_rank, source_value nulls first, actor_id nulls first,
                change_source nulls first, record_id, change_key
        ) as position,
        mapped_value is not null as has_value,
        first_fate = 'counted' and mapped_value is not null as is_heard
    from changes

),

births as (

    select
        *,
        has_value and row_number() over (
            partition by record_key, has_value order by position
        ) = 1 as is_birth,
        max(case when is_heard then stage_rank end) over earlier as rank_before,
        coalesce(sum(case when is_heard then 1 else 0 end) over earlier, 0)
            as heard_before_count
    from positioned
    window earlier as (
        partition by person_key order by position
        rows between unbounded preceding and 1 preceding
    )

),

born as (

    select
        *,
        -- a duplicate's birth never moves anyone back
        is_heard and not (
            is_birth
            and heard_before_count > 0
            and coalesce(stage_rank <= coalesce(rank_before, 0), true)
        ) as is_counting_value
    from births

),

followed as (

    select
        *,
        lead(mapped_value) over same_person as next_value,
        lead(changed_at) over same_person as next_changed_at
    from born
    where is_counting_value
    window same_person as (partition by person_key order by position)

),

left_behind as (

    select
        *,
        case when (next_value is distinct from mapped_value) then next_changed_at end
            as left_at
    from followed

),

echoes as (

    select
        left_behind.change_key,
        left_behind.entered_by_kind = 'propagated'
        and coalesce(
            max(left_behind.left_at) over (
                partition by left_behind.person_key, left_behind.mapped_value
                order by left_behind.position
                rows between unbounded preceding and 1 preceding
            ) >= left_behind.changed_at - settings.echo_hours * interval '1' hour,
            false
        ) as is_echo
    from left_behind
    cross join settings

),

carried as (

    select
        born.*,
        born.is_counting_value and not coalesce(echoes.is_echo, false)
            as is_counting,
        coalesce(echoes.is_echo, false) as is_echo,
        sum(
            case
                when born.is_counting_value and not coalesce(echoes.is_echo, false)
                    then 1
                else 0
            end
        ) over (
            partition by born.person_key order by born.position
            rows between unbounded preceding and current row
        ) as carrier_number
    from born
    left join echoes on born.change_key = echoes.change_key

),

judged as (

    select
        *,
        case
            when first_fate <> 'counted' then first_fate
            when is_counting then 'counted'
            when is_echo then 'echo'
            when has_value then 'late_birth'
            when
                carrier_number > 0
                and first_value(record_key) over (
                    partition by person_key, carrier_number
                    order by is_counting desc, position asc
                ) = record_key
                then 'counted'
            else 'foreign_clear'
        end as fate
    from carried

)

select * from judged
