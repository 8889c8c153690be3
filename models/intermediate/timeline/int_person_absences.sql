-- One row per stretch of time in which a person had no live record left.

with

records as (

    select * from {{ ref('int_record_clusters') }}

),

lives as (

    select * from {{ ref('int_record_lives') }}

),

deletions as (

    select * from lives
    where not is_merge

),

excluded as (

    -- distinct: a record may be left out for several reasons
    select distinct record_id from {{ ref('int_excluded_records') }}

),

concerned as (

    select records.*
    from records
    left join excluded on records.record_id = excluded.record_id
    where
        excluded.record_id is null
        and not records.is_merged_away
        and records.cluster_key in (
            select clusters.cluster_key
            from records as clusters
            inner join deletions on clusters.record_key = deletions.record_key
        )

),

steps as (

    select
        cluster_key as person_key,
        record_key,
        cast(null as varchar) as actor_id,
        1 as live_step,
        coalesce(created_at, timestamp '1900-01-01') as stepped_at
    from concerned

    union all

    select
        concerned.cluster_key,
        concerned.record_key,
        deletions.deleted_by_id,
        -1,
        deletions.absent_from
    from concerned
    inner join deletions on concerned.record_key = deletions.record_key

    union all

    select
        concerned.cluster_key,
        concerned.record_key,
        deletions.restored_by_id,
        1,
        deletions.absent_to
    from concerned
    inner join deletions on concerned.record_key = deletions.record_key
    where deletions.absent_to is not null

),

counted as (

    select
        *,
        sum(live_step) over (
            partition by person_key
            order by stepped_at asc, live_step desc, record_key asc
            rows between unbounded preceding and current row
        ) as live_count
    from steps

),

turns as (

    select
        *,
        lead(stepped_at) over in_order as next_at,
        lead(record_key) over in_order as next_record_key,
        lead(actor_id) over in_order as next_actor_id
    from counted
    window in_order as (
        partition by person_key order by stepped_at asc, live_step desc, record_key asc
    )

)

select
    person_key,
    record_key,
    next_record_key as restored_record_key,
    actor_id as deleted_by_id,
    next_actor_id as restored_by_id,
    stepped_at as absent_from,
    next_at as absent_to
from turns
where live_count = 0
