-- One row per propagated change to a value that the person had left shortly before.
-- One change after the other, because an echo leaves nothing: it moves nobody.

with recursive

changes as (

    select * from {{ ref('int_person_births') }}
    where is_counting_value

),

settings as (

    select * from {{ ref('int_settings') }}

),

compared as (

    select
        *,
        row_number() over same_person as step,
        lag(mapped_value) over same_person as value_before,
        lag(changed_at) over same_person as changed_before_at,
        row_number() over (partition by person_key, mapped_value order by position)
            as step_in_value
    from changes
    window same_person as (partition by person_key order by position)

),

-- Nobody's first echo is anything else than a copy, soon after a change to something
-- else, of a value held before: whoever has no such change has no echo at all.
suspected as (

    -- distinct: a person may have several
    select distinct compared.person_key
    from compared
    cross join settings
    where
        compared.entered_by_kind = 'propagated'
        and compared.step_in_value > 1
        and compared.mapped_value <> compared.value_before
        and compared.changed_before_at
        >= compared.changed_at - settings.echo_hours * interval '1' hour

),

concerned as (

    select compared.*
    from compared
    inner join suspected on compared.person_key = suspected.person_key

),

-- What the person is in, and when it last left each value, newest first.
walked as (

    select
        person_key,
        step,
        change_key,
        mapped_value as current_value,
        cast('' as varchar) as left_values,
        false as is_echo
    from concerned
    where step = 1

    union all

    select
        person_key,
        step,
        change_key,
        case when is_echo then value_before else mapped_value end,
        case
            when is_echo or mapped_value = value_before then left_values
            else
                '|' || value_before || '=' || cast(changed_at as varchar) || left_values
        end,
        is_echo
    from (
        select
            concerned.person_key,
            concerned.step,
            concerned.change_key,
            concerned.mapped_value,
            concerned.changed_at,
            walked.current_value as value_before,
            walked.left_values,
            concerned.entered_by_kind = 'propagated'
            and concerned.mapped_value <> walked.current_value
            and coalesce(
                try_cast(
                    split_part(
                        split_part(
                            walked.left_values, '|' || concerned.mapped_value || '=', 2
                        ),
                        '|', 1
                    ) as timestamp
                )
                >= concerned.changed_at - settings.echo_hours * interval '1' hour,
                false
            ) as is_echo
        from walked
        cross join settings
        inner join concerned
            on
                walked.person_key = concerned.person_key
                and walked.step + 1 = concerned.step
    ) as stepped

)

select change_key from walked
where is_echo
