-- One row per landed change of a Salesforce field, with its actor.
{{ config(materialized='view') }} -- read once

with

unioned as (

    select * from {{ ref('int_salesforce_changes_unioned') }}

),

actors as (

    select * from {{ ref('int_salesforce_actors') }}

),

-- A changed look-up leaves two rows, one with ids and one with names.
recognised as (

    select
        *,
        coalesce(
            data_type = 'EntityId',
            source_field in (
                'Owner', 'Account', 'Campaign', 'RecordType', 'Parent', 'ReportsTo'
            )
            and regexp_full_match(
                coalesce(new_value, old_value), '[0-9A-Za-z]{15}([0-9A-Za-z]{3})?'
            )
        ) as is_look_up
    from unioned
    -- Both empty: a text too long, or a list, has changed and nobody knows to what.
    where old_value is not null or new_value is not null

),

look_ups as (

    select
        record_id,
        source_field,
        changed_at
    from recognised
    where is_look_up
    group by record_id, source_field, changed_at

),

told_once as (

    select recognised.*
    from recognised
    left join look_ups
        on
            not recognised.is_look_up
            and recognised.record_id = look_ups.record_id
            and recognised.source_field = look_ups.source_field
            and recognised.changed_at = look_ups.changed_at
    where look_ups.record_id is null

),

changes as (

    select
        told_once.object_type,
        told_once.record_id,
        -- The history of Owner is that of OwnerId.
        case
            when
                told_once.is_look_up
                and told_once.source_field not like '%\_\_c' escape '\'
                and told_once.source_field not like '%Id'
                then told_once.source_field || 'Id'
            else told_once.source_field
        end as source_field,
        case
            when told_once.is_look_up
                then {{ salesforce_id_18('told_once.old_value') }}
            else told_once.old_value
        end as old_value,
        case
            when told_once.is_look_up
                then {{ salesforce_id_18('told_once.new_value') }}
            else told_once.new_value
        end as new_value,
        told_once.changed_by_id,
        actors.change_source,
        told_once.changed_at
    from told_once
    left join actors on told_once.changed_by_id = actors.user_id

)

select * from changes
