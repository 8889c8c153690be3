-- One row per distinct change of a mapped field, none after as_of: what histories tell,
-- and where they are silent what versions of the record and date fields show.

with

changes_by_concept as (

    select * from {{ ref('int_changes_by_concept') }}

),

deletions as (

    select * from {{ ref('int_deletions') }}

),

observed as (

    select * from {{ ref('int_observed_changes') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

stage_dates as (

    select * from {{ ref('int_stage_dates') }}
    where is_used

),

unioned as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        old_value,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from changes_by_concept
    where concept <> 'is_deleted'

    union all

    select
        source_system,
        object_type,
        record_id,
        'is_deleted' as concept,
        source_field,
        cast(null as varchar) as old_value,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from deletions

    union all

    select
        observed.source_system,
        observed.object_type,
        observed.record_id,
        observed.concept,
        observed.source_field,
        observed.old_value,
        observed.new_value,
        cast(null as varchar) as changed_by_id,
        cast(null as varchar) as change_source,
        observed.changed_at,
        'observed' as known_by,
        observed.changed_after
    from observed
    inner join as_of on observed.changed_at <= as_of.as_of

    union all

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        cast(null as varchar) as old_value,
        stage_value as new_value,
        cast(null as varchar) as changed_by_id,
        cast(null as varchar) as change_source,
        entered_at as changed_at,
        'stage_date' as known_by,
        cast(null as timestamp) as changed_after
    from stage_dates

),

-- Exact duplicates: an export repeats what an earlier one told.
changes as (

    select distinct
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        old_value,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from unioned

)

select * from changes
