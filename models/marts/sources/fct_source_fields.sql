-- One row per source, kind of record and field that carries a concept.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

fields_measured as (

    select * from {{ ref('int_fields_measured') }}

),

faults as (

    select * from {{ ref('int_field_faults') }}

),

unreadable as (

    select * from {{ ref('int_unreadable_values') }}

),

coverage as (

    select * from {{ ref('int_field_coverage') }}

),

source_loads as (

    select * from {{ ref('int_source_loads') }}

),

source_fields as (

    select
        md5(
            fields_measured.source_system || '|' || fields_measured.object_type || '|'
            || fields_measured.source_field || '|' || fields_measured.concept
        ) as source_field_id,
        fields_measured.source_system,
        fields_measured.object_type,
        fields_measured.source_field,
        fields_measured.concept,
        case
            when coverage.coverage_from is null then 'none'
            when fields_measured.is_coverage_stated then 'stated'
            else 'observed'
        end as coverage_basis,
        fields_measured.record_count,
        fields_measured.filled_count,
        case
            when fields_measured.is_landed
                then
                    cast(fields_measured.filled_count as double)
                    / nullif(fields_measured.record_count, 0)
        end as fill_rate,
        fields_measured.change_count,
        fields_measured.observed_change_count,
        fields_measured.future_event_count,
        fields_measured.before_creation_count,
        fields_measured.longest_gap_days,
        coalesce(faults.gap_count, 0) as gap_count,
        coalesce(faults.history_mismatch_count, 0) as history_mismatch_count,
        coalesce(faults.unmapped_value_count, 0) as unmapped_value_count,
        coalesce(faults.unmapped_record_count, 0) as unmapped_record_count,
        coalesce(unreadable.unreadable_count, 0) as unreadable_count,
        fields_measured.is_landed,
        source_loads.is_stale,
        coverage.coverage_from,
        fields_measured.first_change_at,
        fields_measured.last_change_at,
        source_loads.extracted_at,
        source_loads.last_loaded_at
    from fields_measured
    inner join source_loads
        on fields_measured.source_system = source_loads.source_system
    left join faults
        on
            fields_measured.source_system = faults.source_system
            and fields_measured.object_type = faults.object_type
            and fields_measured.concept = faults.concept
            and (fields_measured.is_landed or fields_measured.change_count > 0)
    left join unreadable
        on
            fields_measured.source_system = unreadable.source_system
            and fields_measured.object_type = unreadable.object_type
            and fields_measured.source_field = unreadable.source_field
            and fields_measured.concept = unreadable.concept
    left join coverage
        on
            fields_measured.source_system = coverage.source_system
            and fields_measured.object_type = coverage.object_type
            and fields_measured.concept = coverage.concept

),

as_known as (

    select
        source_fields.*,
        as_of.as_of
    from source_fields
    cross join as_of

)

select * from as_known
