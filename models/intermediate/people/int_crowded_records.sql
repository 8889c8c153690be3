-- One row per live record of a person or account that has too many of its kind in one
-- source.

with

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

live_records as (

    select * from {{ ref('int_live_records') }}

),

settings as (

    select * from {{ ref('int_settings') }}

),

counted as (

    select
        clusters.record_id,
        first_value(clusters.record_id) over crowd as first_record_id,
        count(*) over (
            partition by
                clusters.cluster_key, live_records.source_system,
                live_records.object_type
        ) as record_count
    from clusters
    inner join live_records on clusters.record_id = live_records.record_id
    window crowd as (
        partition by
            clusters.cluster_key, live_records.source_system, live_records.object_type
        order by live_records.created_at nulls last, live_records.record_id
    )

)

select counted.*
from counted
cross join settings
where counted.record_count > settings.cluster_record_count
