-- One row per field that carries a concept and day on which changes of it are dated,
-- those after as_of too.

with

landed as (

    select * from {{ ref('int_changes_landed') }}

),

observed as (

    select * from {{ ref('int_observed_changes') }}

),

deletions as (

    select * from {{ ref('int_deletions') }}

),

deletions_dated as (

    select * from {{ ref('int_deletions_dated') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

births as (

    select * from {{ ref('int_record_births') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select
        landed.source_system,
        landed.object_type,
        landed.record_id,
        landed.source_field,
        field_mappings.concept,
        false as is_observed,
        landed.changed_at
    from landed
    inner join field_mappings
        on
            landed.source_system = field_mappings.source_system
            and landed.object_type = field_mappings.object_type
            and landed.source_field = field_mappings.source_field
    cross join build
    -- those are counted below, each once in whatever way it is told
    where field_mappings.concept <> 'is_deleted' or landed.changed_at > build.as_of

    union all

    select
        observed.source_system,
        observed.object_type,
        observed.record_id,
        observed.source_field,
        observed.concept,
        true as is_observed,
        observed.changed_at
    from observed
    inner join build on observed.changed_at <= build.as_of

    union all

    select
        source_system,
        object_type,
        record_id,
        source_field,
        'is_deleted' as concept,
        known_by = 'observed' as is_observed,
        changed_at
    from deletions

    union all

    select
        deletions_dated.source_system,
        deletions_dated.object_type,
        deletions_dated.record_id,
        'is_deleted' as source_field,
        'is_deleted' as concept,
        deletions_dated.known_by = 'observed' as is_observed,
        deletions_dated.changed_at
    from deletions_dated
    cross join build
    where deletions_dated.changed_at > build.as_of

),

placed as (

    select
        dated.*,
        cast(dated.changed_at as date) as changed_on,
        dated.changed_at > build.as_of as is_future,
        coalesce(
            births.is_known
            and dated.changed_at
            < births.born_at - settings.creation_window_seconds * interval '1' second,
            false
        ) as is_before_creation
    from dated
    cross join build
    cross join settings
    left join births on dated.record_id = births.record_id

),

counted as (

    select
        source_system,
        object_type,
        source_field,
        concept,
        count(*) filter (where not is_future and not is_observed) as change_count,
        count(*) filter (where not is_future and is_observed)
            as observed_change_count,
        count(*) filter (where is_future) as future_event_count,
        count(*) filter (where is_before_creation) as before_creation_count,
        changed_on,
        min(changed_at) filter (where not is_future and not is_observed)
            as first_change_at,
        max(changed_at) filter (where not is_future and not is_observed)
            as last_change_at
    from placed
    group by source_system, object_type, source_field, concept, changed_on

)

select * from counted
