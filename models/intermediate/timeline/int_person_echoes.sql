-- One row per propagated change to a value that the person had left shortly before.

with

changes as (

    select * from {{ ref('int_person_births') }}
    where is_counting_value

),

settings as (

    select * from {{ ref('int_settings') }}

),

followed as (

    select
        *,
        lead(mapped_value) over same_person as next_value,
        lead(changed_at) over same_person as next_changed_at
    from changes
    window same_person as (partition by person_key order by position)

),

left_before as (

    select
        *,
        max(
            case
                when (next_value is distinct from mapped_value) then next_changed_at
            end
        )
            over (
                partition by person_key, mapped_value order by position
                rows between unbounded preceding and 1 preceding
            ) as left_at
    from followed

),

echoes as (

    select left_before.change_key
    from left_before
    cross join settings
    where
        left_before.entered_by_kind = 'propagated'
        and left_before.left_at
        >= left_before.changed_at - settings.echo_hours * interval '1' hour

)

select * from echoes
