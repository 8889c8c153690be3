-- One row per propagated change to a value that the person had left shortly before.
-- An echo moves nobody, so that what follows it is compared with what stood before it:
-- the second round takes the echoes of the first for nothing.

with

births as (

    select * from {{ ref('int_person_births') }}
    where is_counting_value

),

settings as (

    select * from {{ ref('int_settings') }}

),

concerned as (

    select person_key
    from births
    where entered_by_kind = 'propagated'
    group by person_key

),

standing_0 as (

    select
        births.person_key,
        births.position,
        births.change_key,
        births.mapped_value,
        births.entered_by_kind,
        births.changed_at,
        true as is_standing
    from births
    inner join concerned on births.person_key = concerned.person_key

),

{% for round in range(1, 3) %}
followed_{{ round }} as (

    select
        person_key,
        change_key,
        mapped_value,
        row_number() over same_person as standing_number,
        lead(mapped_value) over same_person as next_value,
        lead(changed_at) over same_person as next_changed_at
    from standing_{{ round - 1 }}
    where is_standing
    window same_person as (partition by person_key order by position)

),

left_before_{{ round }} as (

    select
        standing.*,
        max(
            case
                when followed.next_value is distinct from standing.mapped_value
                    then followed.next_changed_at
            end
        ) over (
            partition by standing.person_key, standing.mapped_value
            order by standing.position
            rows between unbounded preceding and 1 preceding
        ) as left_at,
        count(*) filter (where standing.is_standing) over (
            partition by standing.person_key order by standing.position
            rows between unbounded preceding and 1 preceding
        ) as standing_before_count
    from standing_{{ round - 1 }} as standing
    left join followed_{{ round }} as followed
        on standing.change_key = followed.change_key

),

standing_{{ round }} as (

    select
        left_before.person_key,
        left_before.position,
        left_before.change_key,
        left_before.mapped_value,
        left_before.entered_by_kind,
        left_before.changed_at,
        not coalesce(
            left_before.entered_by_kind = 'propagated'
            and in_force.mapped_value <> left_before.mapped_value
            and left_before.left_at
            >= left_before.changed_at - settings.echo_hours * interval '1' hour,
            false
        ) as is_standing
    from left_before_{{ round }} as left_before
    cross join settings
    left join followed_{{ round }} as in_force
        on
            left_before.person_key = in_force.person_key
            and left_before.standing_before_count = in_force.standing_number

),

{% endfor %}
echoes as (

    select change_key
    from standing_2
    where not is_standing

)

select * from echoes
