-- One row per record or deal and concept (and what it applies to) that it held at
-- as_of. Where nothing changed since, that is what it holds today; but a stage, status
-- or owner whose field has no history proves nothing of an earlier moment.

with

today as (

    select * from {{ ref('int_record_concepts') }}

),

values_then as (

    select * from {{ ref('int_values_at_as_of') }}

),

tracked as (

    select * from {{ ref('int_fields_tracked') }}

),

versions as (

    select * from {{ ref('int_record_versions') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

-- a record that was seen by then, and differs in nothing today, held the same then
seen_by_then as (

    -- distinct: a record may be seen often
    select distinct versions.record_id
    from versions
    inner join build on versions.seen_at <= build.as_of

),

unchanged as (

    select today.*
    from today
    cross join build
    left join values_then
        on
            today.record_id = values_then.record_id
            and today.concept = values_then.concept
    left join tracked
        on
            today.source_system = tracked.source_system
            and today.object_type = tracked.object_type
            and today.concept = tracked.concept
    left join seen_by_then on today.record_id = seen_by_then.record_id
    where
        values_then.record_id is null
        and (
            not build.is_past
            or tracked.concept is not null
            or seen_by_then.record_id is not null
            or today.concept not in (
                'lifecycle_stage', 'lead_status', 'owner', 'deal_stage'
            )
        )

),

held as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        applies_to,
        source_field,
        value
    from unchanged
    union all
    select
        source_system,
        object_type,
        record_id,
        concept,
        cast(null as varchar) as applies_to,
        source_field,
        value
    from values_then
    where value is not null

)

select * from held
