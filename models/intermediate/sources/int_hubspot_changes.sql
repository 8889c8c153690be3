-- One row per landed change of a HubSpot property, with its actor.
{{ config(materialized='view') }} -- read once

with

unioned as (

    select * from {{ ref('int_hubspot_changes_unioned') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

with_users as (

    select
        *,
        coalesce(
            changed_by_user_id,
            case
                when lower(change_source_id) like 'userid:%'
                    then {{ hubspot_user_id(
                        'user', "split_part(change_source_id, ':', 2)"
                    ) }}
            end
        ) as user_id
    from unioned

),

changes as (

    select
        with_users.object_type,
        with_users.record_id,
        lower(with_users.source_field) as source_field,
        with_users.new_value,
        coalesce(actors.actor_id, with_users.user_id) as changed_by_id,
        with_users.change_source,
        with_users.changed_at
    from with_users
    left join actors on with_users.user_id = actors.user_id

)

select * from changes
