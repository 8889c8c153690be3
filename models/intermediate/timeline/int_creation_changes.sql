-- One row per record and timeline concept whose first value no landed change tells.
-- The value is the first change's old value or, without any change, today's. It is a
-- creation where the field was already tracked, else a start that is inferred.

with

records as (

    select * from {{ ref('int_timeline_records') }}

),

first_changes as (

    select * from {{ ref('int_first_changes') }}

),

coverage as (

    select * from {{ ref('int_field_coverage') }}

),

undated as (

    select * from {{ ref('int_undated_records') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

{% set fields = {
    'lifecycle_stage': 'lifecycle_stage_value',
    'lead_status': 'lead_status_value',
    'owner': 'owner_value',
    'deal_stage': 'deal_stage_value',
} %}
today as (

    {% for concept, field in fields.items() %}
    select
        record_key,
        record_id,
        source_system,
        object_type,
        created_by_id,
        '{{ concept }}' as concept,
        {{ field }} as current_value,
        created_at
    from records
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

started as (

    select
        today.*,
        case
            when first_changes.change_key is null then today.current_value
            else first_changes.old_value
        end as source_value,
        coverage.coverage_from,
        -- without a date of creation, a record existed when it changed or was seen
        least(
            coalesce(
                today.created_at,
                first_changes.changed_at,
                undated.first_seen_at,
                build.as_of
            ),
            coalesce(first_changes.changed_at, build.as_of)
        ) as changed_at,
        coalesce(today.created_at < coverage.coverage_from, true) as is_inferred
    from today
    cross join build
    left join first_changes
        on
            today.record_key = first_changes.record_key
            and today.concept = first_changes.concept
    left join undated on today.record_key = undated.record_key
    left join coverage
        on
            today.source_system = coverage.source_system
            and today.object_type = coverage.object_type
            and today.concept = coverage.concept

),

numbered as (

    select
        -row_number() over (order by record_key, concept) as change_key,
        *
    from started
    where source_value is not null

)

select * from numbered
