-- One row per stage change of a person's records, with what the person made of it.

with

changes as (

    select * from {{ ref('int_person_births') }}

),

echoes as (

    select * from {{ ref('int_person_echoes') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

repeated as (

    select
        changes.*,
        echoes.change_key is not null as is_echo_value,
        changes.is_counting_value and echoes.change_key is null as is_counting
    from changes
    left join echoes on changes.change_key = echoes.change_key

),

-- A sync that clears the field to write a stale value back makes one move of two rows.
heard as (

    select
        repeated.*,
        repeated.is_echo_value
        or coalesce(
            not repeated.has_value
            and repeated.entered_by_kind = 'propagated'
            and lead(repeated.is_echo_value) over same_record
            and {{
                seconds_between(
                    'repeated.changed_at', 'lead(repeated.changed_at) over same_record'
                )
            }}
            <= settings.clear_set_minutes * 60,
            false
        ) as is_echo
    from repeated
    cross join settings
    window same_record as (
        partition by repeated.record_key order by repeated.position
    )

),

carried as (

    select
        *,
        count(*) filter (where is_counting) over (
            partition by person_key order by position
            rows between unbounded preceding and current row
        ) as carrier_number
    from heard

),

compared as (

    select
        *,
        -- the record that carries the stage at this moment
        first_value(record_key) over (
            partition by person_key, carrier_number
            order by is_counting desc, position asc
        ) as carrier_key
    from carried

),

judged as (

    select
        *,
        case
            when first_fate <> 'counted' then first_fate
            when is_counting then 'counted'
            when is_echo then 'echo'
            when has_value then 'late_birth'
            when carrier_number > 0 and carrier_key = record_key then 'counted'
            else 'foreign_clear'
        end as fate
    from compared

)

select * from judged
