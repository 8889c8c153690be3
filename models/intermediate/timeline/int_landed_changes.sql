-- One row per landed change of a timeline's field, with who is behind it.

with

changes as (

    select * from {{ ref('int_changes_unioned') }}

),

records as (

    select * from {{ ref('int_timeline_records') }}

),

change_sources as (

    select * from {{ ref('change_sources') }}

),

users as (

    select * from {{ ref('int_users_unioned') }}

),

identified as (

    select
        row_number() over (
            order by
                changes.record_id, changes.concept, changes.changed_at,
                changes.new_value nulls first, changes.old_value nulls first,
                changes.changed_by_id nulls first, changes.change_source nulls first,
                changes.source_field, changes.known_by
        ) as change_key,
        records.record_key,
        changes.*
    from changes
    inner join records on changes.record_id = records.record_id
    where changes.concept in (
        'lifecycle_stage', 'lead_status', 'owner', 'deal_stage', 'is_deleted'
    )

),

attributed as (

    select
        identified.*,
        -- a user counts as human until a source says what it really was
        coalesce(own.actor_kind, anyone.actor_kind, users.user_kind, 'unknown')
            as actor_kind
    from identified
    left join change_sources as own
        on
            identified.source_system = own.source_system
            and lower(identified.change_source) = lower(own.change_source)
    left join change_sources as anyone
        on
            anyone.source_system = 'any'
            and lower(identified.change_source) = lower(anyone.change_source)
    left join users on identified.changed_by_id = users.user_id

)

select * from attributed
