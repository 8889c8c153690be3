-- One row per record, attribute and stretch of time in which it held a value, or in
-- which nobody knows what it held. Where there is no row, the attribute was empty.

with

records as (

    select
        *,
        coalesce(created_at, timestamp '1900-01-01') as exists_from
    from {{ ref('int_records_unioned') }}

),

concepts as (

    select * from {{ ref('int_record_concepts_at_as_of') }}

),

points as (

    select * from {{ ref('qualification_points') }}

),

changes as (

    select * from {{ ref('int_changes_unioned') }}

),

coverage as (

    select * from {{ ref('int_field_coverage') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

tracked as (

    select * from {{ ref('int_fields_tracked') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

{% set attributes = {
    'country': 'country',
    'industry': 'industry',
    'job_title': 'job_title',
    'lead_source': 'lead_source_value',
    'employee_count': 'cast(employee_count as varchar)',
    'annual_revenue': 'cast(annual_revenue_cents / 100.0 as varchar)',
} %}
-- a company's own points of qualification, and its score
asked as (

    select concept from points
    union
    select 'score' as concept

),

today as (

    {% for attribute, value in attributes.items() %}
    select
        record_id,
        source_system,
        object_type,
        exists_from,
        '{{ attribute }}' as attribute,
        {{ value }} as value
    from records
    where {{ value }} is not null
    union all
    {% endfor %}
    select
        records.record_id,
        records.source_system,
        records.object_type,
        records.exists_from,
        concepts.concept as attribute,
        concepts.value
    from records
    inner join concepts on records.record_id = concepts.record_id
    inner join asked on concepts.concept = asked.concept

),

ordered as (

    select
        changes.record_id,
        changes.source_system,
        changes.object_type,
        changes.concept as attribute,
        changes.old_value,
        changes.new_value,
        changes.changed_at,
        lead(changes.changed_at) over in_order as next_changed_at,
        row_number() over in_order as change_number
    from changes
    where
        changes.concept in (
            {% for attribute in attributes %}
            '{{ attribute }}'{{ ',' if not loop.last }}
            {% endfor %}
        )
        or changes.concept in (select asked.concept from asked)
    window in_order as (
        partition by changes.record_id, changes.concept
        order by
            changes.changed_at, changes.new_value nulls first,
            changes.changed_by_id nulls first, changes.change_source nulls first
    )

),

changed as (

    -- distinct: an attribute changes often
    select distinct
        record_id,
        attribute
    from ordered

),

-- what held before the first change, and since when that is known
heads as (

    select
        ordered.record_id,
        ordered.attribute,
        ordered.old_value as value,
        records.exists_from,
        case
            when records.exists_from >= coverage.coverage_from then records.exists_from
            when ordered.old_value is not null then coverage.coverage_from
        end as known_from,
        ordered.changed_at as valid_to
    from ordered
    inner join records on ordered.record_id = records.record_id
    left join coverage
        on
            ordered.source_system = coverage.source_system
            and ordered.object_type = coverage.object_type
            and ordered.attribute = coverage.concept
    where ordered.change_number = 1

    union all

    -- never changed: today's value has held since the field was tracked
    select
        today.record_id,
        today.attribute,
        today.value,
        today.exists_from,
        case
            when coverage.has_changes
                then greatest(today.exists_from, coverage.coverage_from)
            -- of an earlier moment a field without history tells nothing
            when not build.is_past or tracked.concept is not null then build.as_of
        end,
        null
    from today
    cross join build
    left join tracked
        on
            today.source_system = tracked.source_system
            and today.object_type = tracked.object_type
            and today.attribute = tracked.concept
    left join changed
        on today.record_id = changed.record_id and today.attribute = changed.attribute
    left join coverage
        on
            today.source_system = coverage.source_system
            and today.object_type = coverage.object_type
            and today.attribute = coverage.concept
    where changed.record_id is null

),

past as (

    select as_of from build
    where is_past

),

-- empty today, and of an earlier moment nobody tells
untold as (

    -- distinct: several fields may hold one concept
    select distinct
        records.record_id,
        field_mappings.concept as attribute,
        records.exists_from
    from records
    cross join past
    inner join field_mappings
        on
            records.source_system = field_mappings.source_system
            and records.object_type = field_mappings.object_type
    left join tracked
        on
            field_mappings.source_system = tracked.source_system
            and field_mappings.object_type = tracked.object_type
            and field_mappings.concept = tracked.concept
    left join today
        on
            records.record_id = today.record_id
            and field_mappings.concept = today.attribute
    where
        tracked.concept is null
        and today.record_id is null
        and (
            field_mappings.concept in (
                {% for attribute in attributes %}
                '{{ attribute }}'{{ ',' if not loop.last }}
                {% endfor %}
            )
            or field_mappings.concept in (select asked.concept from asked)
        )

),

stretches as (

    select
        record_id,
        attribute,
        trim(new_value) as value,
        true as is_known,
        changed_at as valid_from,
        next_changed_at as valid_to
    from ordered
    where new_value is not null

    union all

    select
        record_id,
        attribute,
        trim(value),
        true,
        known_from,
        valid_to
    from heads
    where known_from is not null and value is not null

    union all

    select
        record_id,
        attribute,
        null,
        false,
        exists_from,
        coalesce(known_from, valid_to)
    from heads
    where known_from is null or known_from > exists_from

    union all

    select
        record_id,
        attribute,
        null,
        false,
        exists_from,
        null
    from untold

)

select * from stretches
where valid_to is null or valid_from < valid_to
