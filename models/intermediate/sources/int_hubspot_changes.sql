-- One row per landed change of a HubSpot property, with its actor.
{{ config(materialized='view') }} -- read once

with

contact_changes as (

    select * from {{ ref('stg_hubspot__contact_changes') }}

),

company_changes as (

    select * from {{ ref('stg_hubspot__company_changes') }}

),

deal_changes as (

    select * from {{ ref('stg_hubspot__deal_changes') }}

),

stage_entries as (

    select * from {{ ref('int_hubspot_stage_entries') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

unioned as (

    select 'contact' as object_type, * from contact_changes
    union all
    select 'company' as object_type, * from company_changes
    union all
    select 'deal' as object_type, * from deal_changes
    where source_field <> 'dealstage'
    union all
    select
        'deal' as object_type,
        deal_id,
        'dealstage' as source_field,
        new_value,
        change_source,
        change_source_id,
        changed_by_user_id,
        changed_at
    from stage_entries

),

with_users as (

    select
        *,
        coalesce(
            changed_by_user_id,
            case
                when lower(change_source_id) like 'userid:%'
                    then 'hubspot:user:' || trim(split_part(change_source_id, ':', 2))
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
