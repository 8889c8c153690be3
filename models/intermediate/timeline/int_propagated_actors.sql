-- One row per propagated change that another source tells the actor of: the nearest
-- same mapped change of the person there, at most sync_minutes before or after.

with

changes as (

    select * from {{ ref('int_changes_ranked') }}
    where
        concept in ('lifecycle_stage', 'lead_status')
        and object_type <> 'company'
        and (mapped_value is distinct from 'unmapped')

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

told as (

    select
        clusters.cluster_key as person_key,
        changes.*,
        coalesce(changes.mapped_value, '') as value_key
    from changes
    inner join clusters on changes.record_key = clusters.record_key

),

copies as (

    select * from told
    where entered_by_kind = 'propagated'

),

origins as (

    select * from told
    where entered_by_kind not in ('propagated', 'unknown')

),

matched as (

    select
        copies.change_key,
        origins.change_key as origin_change_key,
        origins.actor_id,
        origins.change_source,
        origins.entered_by_kind,
        origins.is_bulk,
        row_number() over (
            partition by copies.change_key
            order by
                abs({{ seconds_between('origins.changed_at', 'copies.changed_at') }}),
                origins.changed_at, origins.change_key
        ) as distance
    from copies
    cross join settings
    inner join origins
        on
            copies.person_key = origins.person_key
            and copies.concept = origins.concept
            and copies.value_key = origins.value_key
            and copies.source_system <> origins.source_system
            and abs({{ seconds_between('origins.changed_at', 'copies.changed_at') }})
            <= settings.sync_minutes * 60

)

select
    change_key,
    origin_change_key,
    actor_id,
    change_source,
    entered_by_kind,
    is_bulk
from matched
where distance = 1
