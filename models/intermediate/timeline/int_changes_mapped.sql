-- One row per landed or creating change of a timeline, mapped by the mapping then in
-- force.

with

landed as (

    select * from {{ ref('int_landed_changes') }}
    where concept <> 'is_deleted'

),

first_changes as (

    select * from {{ ref('int_first_changes') }}

),

creations as (

    select * from {{ ref('int_creation_changes') }}

),

coverage as (

    select * from {{ ref('int_field_coverage') }}

),

mappings as (

    select * from {{ ref('int_value_mappings') }}

),

records as (

    select * from {{ ref('int_timeline_records') }}

),

users as (

    select * from {{ ref('int_users_unioned') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

together as (

    select
        landed.change_key,
        landed.record_key,
        landed.record_id,
        landed.source_system,
        landed.object_type,
        landed.concept,
        landed.new_value as source_value,
        landed.old_value as old_source_value,
        landed.changed_by_id as actor_id,
        landed.change_source,
        landed.actor_kind,
        -- the first value of a record older than the history starts where it is seen,
        -- unless it comes so close to the creation that it is the creation; the two
        -- clocks of a source differ, so it may come before
        coalesce(
            landed.change_key = first_changes.change_key
            and landed.old_value is null
            and records.created_at < coverage.coverage_from
            and abs({{ seconds_between('records.created_at', 'landed.changed_at') }})
            > settings.creation_window_seconds,
            false
        )
        or coalesce(landed.known_by = 'stage_date', false) as is_inferred,
        landed.known_by,
        coverage.coverage_from,
        landed.changed_after,
        landed.changed_at
    from landed
    cross join settings
    inner join records on landed.record_key = records.record_key
    left join first_changes on landed.change_key = first_changes.change_key
    left join coverage
        on
            landed.source_system = coverage.source_system
            and landed.object_type = coverage.object_type
            and landed.concept = coverage.concept

    union all

    select
        creations.change_key,
        creations.record_key,
        creations.record_id,
        creations.source_system,
        creations.object_type,
        creations.concept,
        creations.source_value,
        null,
        creations.created_by_id,
        null,
        coalesce(users.user_kind, 'unknown'),
        creations.is_inferred,
        'history',
        creations.coverage_from,
        null,
        creations.changed_at
    from creations
    left join users on creations.created_by_id = users.user_id

),

mapped as (

    select
        together.*,
        case
            when together.concept in ('owner', 'deal_stage') then together.source_value
            when together.source_value is not null
                then coalesce(mappings.value, 'unmapped')
        end as mapped_value,
        mappings.decision
    from together
    left join mappings
        on
            together.concept = mappings.concept
            and together.source_system = mappings.source_system
            and lower(trim(together.source_value)) = mappings.source_value_key
            and together.changed_at >= mappings.valid_from
            and together.changed_at < mappings.valid_to

)

select * from mapped
