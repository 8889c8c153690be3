-- One row per field that carries a concept, with how full it is and how its history
-- runs.

with

fields_filled as (

    select * from {{ ref('int_fields_filled') }}

),

days as (

    select * from {{ ref('int_field_days') }}

),

spaced as (

    select
        *,
        case
            when change_count > 0
                then lag(cast(changed_on as timestamp)) over (
                    partition by
                        source_system, object_type, source_field, concept,
                        change_count > 0
                    order by changed_on
                )
        end as changed_before_on
    from days

),

histories as (

    select
        source_system,
        object_type,
        source_field,
        concept,
        cast(sum(change_count) as bigint) as change_count,
        cast(sum(observed_change_count) as bigint) as observed_change_count,
        cast(sum(future_event_count) as bigint) as future_event_count,
        cast(sum(before_creation_count) as bigint) as before_creation_count,
        max(
            cast(
                {{
                    seconds_between(
                        'changed_before_on', 'cast(changed_on as timestamp)'
                    )
                }} / 86400 as bigint
            ) - 1
        ) as longest_gap_days,
        min(first_change_at) as first_change_at,
        max(last_change_at) as last_change_at
    from spaced
    group by source_system, object_type, source_field, concept

),

measured as (

    select
        fields_filled.*,
        coalesce(histories.change_count, 0) as change_count,
        coalesce(histories.observed_change_count, 0) as observed_change_count,
        coalesce(histories.future_event_count, 0) as future_event_count,
        coalesce(histories.before_creation_count, 0) as before_creation_count,
        case
            when histories.change_count > 0
                then coalesce(histories.longest_gap_days, 0)
        end as longest_gap_days,
        histories.first_change_at,
        histories.last_change_at
    from fields_filled
    left join histories
        on
            fields_filled.source_system = histories.source_system
            and fields_filled.object_type = histories.object_type
            and fields_filled.source_field = histories.source_field
            and fields_filled.concept = histories.concept

)

select * from measured
