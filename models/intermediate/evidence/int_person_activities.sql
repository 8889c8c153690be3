-- One row per activity and person it was with, with what it signals.

with

activities as (

    select * from {{ ref('int_activities_unioned') }}

),

kinds as (

    select * from {{ ref('int_activity_kinds') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

person_activities as (

    -- an activity with two records of one person is one activity
    select
        activities.activity_id,
        clusters.cluster_key as person_key,
        kinds.signal,
        kinds.points,
        kinds.is_decisive,
        kinds.is_two_way,
        kinds.is_sales,
        min(activities.actor_id) as actor_id,
        min(activities.asset) as asset,
        activities.occurred_at
    from activities
    inner join clusters on activities.record_id = clusters.record_id
    inner join kinds
        on
            activities.source_system = kinds.source_system
            and activities.activity_type = kinds.activity_type
            and coalesce(activities.asset, '') = kinds.asset
            and coalesce(activities.direction, '') = kinds.direction
            and activities.occurred_at >= kinds.valid_from
            and activities.occurred_at < kinds.valid_to
    group by
        activities.activity_id, clusters.cluster_key, kinds.signal, kinds.points,
        kinds.is_decisive, kinds.is_two_way, kinds.is_sales, activities.occurred_at

)

select * from person_activities
