-- One row per change of a timeline concept that two versions of a record show and that
-- its history does not tell, those after as_of too.

with

values_seen as (

    select * from {{ ref('int_values_seen') }}

),

stage_dates as (

    select * from {{ ref('int_stage_dates') }}
    where is_used

),

changes as (

    select * from {{ ref('int_concept_changes') }}

),

first_versions as (

    select
        record_id,
        concept,
        min(modified_at) as first_at
    from values_seen
    group by record_id, concept

),

-- What date fields say last before the first version counts as seen on that date.
versions as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        value,
        seen_at,
        modified_at,
        false as is_dated
    from values_seen
    union all
    select
        stage_dates.source_system,
        stage_dates.object_type,
        stage_dates.record_id,
        stage_dates.concept,
        stage_dates.source_field,
        stage_dates.stage_value as value,
        stage_dates.entered_at as seen_at,
        stage_dates.entered_at as modified_at,
        true as is_dated
    from stage_dates
    inner join first_versions
        on
            stage_dates.record_id = first_versions.record_id
            and stage_dates.concept = first_versions.concept
    where stage_dates.entered_at <= first_versions.first_at
    qualify
        row_number() over (
            partition by stage_dates.record_id, stage_dates.concept
            order by stage_dates.entered_at desc, stage_dates.stage_value asc
        ) = 1

),

numbered as (

    select
        *,
        row_number() over in_order as version_number,
        lag(value) over in_order as old_value,
        lag(seen_at) over in_order as seen_before_at,
        lag(modified_at) over in_order as modified_before_at,
        least(modified_at, seen_at) as changed_at
    from versions
    window in_order as (
        partition by record_id, concept
        order by modified_at, not is_dated, seen_at, value nulls first
    )

),

-- What history had told by the time a version was seen.
compared as (

    select
        numbered.*,
        changes.record_id is not null as has_history,
        changes.new_value as told_value
    from numbered
    left join changes
        on
            numbered.record_id = changes.record_id
            and numbered.concept = changes.concept
            and numbered.seen_at >= changes.changed_at
    qualify
        row_number() over (
            partition by numbered.record_id, numbered.concept, numbered.version_number
            order by changes.changed_at desc, changes.new_value desc nulls last
        ) = 1

),

-- Field and history are comparable once they have agreed; if they never do, they write
-- their values differently, and history alone speaks.
agreed as (

    select
        *,
        coalesce(
            bool_or(has_history and lower(value) = lower(told_value)) over (
                partition by record_id, concept order by version_number
                rows between unbounded preceding and 1 preceding
            ),
            false
        ) as has_agreed
    from compared

),

observed as (

    select
        agreed.source_system,
        agreed.object_type,
        agreed.record_id,
        agreed.concept,
        agreed.source_field,
        agreed.old_value,
        agreed.value as new_value,
        agreed.changed_at,
        least(
            agreed.changed_at,
            case
                when agreed.seen_before_at <= agreed.changed_at
                    then agreed.seen_before_at
                else agreed.modified_before_at
            end
        ) as changed_after
    from agreed
    where
        agreed.version_number > 1
        and lower(agreed.value) is distinct from lower(agreed.old_value)
        and (not agreed.has_history or agreed.has_agreed)
        and not (
            agreed.has_history
            and lower(agreed.value) is not distinct from lower(agreed.told_value)
        )

)

select * from observed
