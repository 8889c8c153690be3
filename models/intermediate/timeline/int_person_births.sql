-- One row per stage change of a person's records in their one order, with whether its
-- value may count: a duplicate's birth never moves anyone back.

with

changes as (

    select * from {{ ref('int_person_changes') }}

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

compared as (

    select
        *,
        has_value and row_number() over (
            partition by record_key, has_value order by position
        ) = 1 as is_birth,
        max(case when is_heard then stage_rank end) over earlier as rank_before,
        count(*) filter (where is_heard) over earlier as heard_before_count
    from positioned
    window
        earlier as (
            partition by person_key order by position
            rows between unbounded preceding and 1 preceding
        )

),

born as (

    select
        *,
        is_heard and not (
            is_birth
            and heard_before_count > 0
            and coalesce(stage_rank <= coalesce(rank_before, 0), true)
        ) as is_counting_value
    from compared

)

select * from born
