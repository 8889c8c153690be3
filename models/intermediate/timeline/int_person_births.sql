-- One row per stage change of a person's records in their one order, with what it is on
-- its own record: the first value (a birth), the value it already holds, or another.

with

changes as (

    select * from {{ ref('int_person_changes') }}

),

records as (

    select * from {{ ref('int_timeline_records') }}

),

intakes as (

    select * from {{ ref('int_record_intakes') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

first_intakes as (

    -- a merge of which nobody tells when may have been at any time
    select
        survivor_id as record_id,
        min(coalesce(taken_in_at, timestamp '1900-01-01')) as first_taken_in_at
    from intakes
    group by survivor_id

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
        coalesce(mapped_value = 'unmapped', false) as is_unmapped,
        first_fate = 'counted' as is_heard,
        coalesce(entered_by_kind = 'propagated', false) as is_propagated
    from changes

),

compared as (

    select
        *,
        has_value and row_number() over (
            partition by record_key, has_value order by position
        ) = 1 as is_first_value,
        coalesce(
            mapped_value = lag(mapped_value) over same_record
            and (
                not is_unmapped
                or source_value = lag(source_value) over same_record
            ),
            false
        ) as is_rewrite,
        lead(mapped_value) over same_record as next_value,
        lead(is_propagated) over same_record as is_next_propagated,
        lead(changed_at) over same_record as next_changed_at,
        count(*) over (partition by person_key)
        > count(*) over (partition by record_key) as has_several_records
    from positioned
    window same_record as (partition by record_key order by position)

),

born as (

    select
        compared.*,
        -- the first value of a survivor goes on from what it took in
        compared.is_first_value
        and not coalesce(
            first_intakes.first_taken_in_at <= compared.changed_at
            and {{ seconds_between('records.created_at', 'compared.changed_at') }}
            > settings.creation_window_seconds,
            false
        ) as is_birth,
        -- what a sync cleared to write right after, a stale value perhaps
        case
            when compared.has_value then compared.mapped_value
            when
                compared.is_propagated
                and compared.is_next_propagated
                and {{
                    seconds_between('compared.changed_at', 'compared.next_changed_at')
                }}
                <= settings.clear_set_minutes * 60
                then compared.next_value
        end as written_value,
        case
            when compared.has_value then compared.changed_at
            else compared.next_changed_at
        end as written_at,
        -- whoever has one record that is always heard is what that record says
        bool_or(
            compared.has_several_records
            or compared.is_propagated
            or not compared.is_heard
        ) over (partition by compared.person_key) as is_disputed
    from compared
    cross join settings
    inner join records on compared.record_key = records.record_key
    left join first_intakes on compared.record_id = first_intakes.record_id

)

select * from born
