-- One row per stretch of time in which a person had no live record left.

with

records as (

    select * from {{ ref('int_record_clusters') }}

),

lives as (

    select * from {{ ref('int_record_lives') }}

),

first_absences as (

    select
        record_key,
        min(absent_from) as first_at,
        bool_or(is_merge) as has_merge_date
    from lives
    group by record_key

),

excluded as (

    -- distinct: a record may be left out for several reasons
    select distinct record_id from {{ ref('int_excluded_records') }}
    where is_left_out

),

first_changes as (

    select * from {{ ref('int_first_changes') }}
    where concept = 'lifecycle_stage'

),

concerned as (

    select
        records.record_key,
        records.cluster_key,
        -- what changed, or went, before it was created was there before, too
        least(
            coalesce(records.created_at, timestamp '1900-01-01'),
            first_changes.changed_at,
            first_absences.first_at
        ) as begins_at
    from records
    left join first_changes on records.record_key = first_changes.record_key
    left join excluded on records.record_id = excluded.record_id
    left join first_absences on records.record_key = first_absences.record_key
    where
        excluded.record_id is null
        -- until it was merged away a record stood by itself; when is not always told
        and (not records.is_merged_away or first_absences.has_merge_date)
        and records.cluster_key in (
            select clusters.cluster_key
            from records as clusters
            inner join lives on clusters.record_key = lives.record_key
            where not lives.is_merge
        )

),

steps as (

    select
        cluster_key as person_key,
        record_key,
        cast(null as varchar) as actor_id,
        cast(null as varchar) as actor_kind,
        'history' as known_by,
        cast(null as timestamp) as changed_after,
        false as is_merge,
        1 as live_step,
        begins_at as stepped_at
    from concerned

    union all

    select
        concerned.cluster_key,
        concerned.record_key,
        lives.deleted_by_id,
        lives.deleted_by_kind,
        lives.deletion_known_by,
        lives.deleted_after,
        lives.is_merge,
        -1,
        lives.absent_from
    from concerned
    inner join lives on concerned.record_key = lives.record_key

    union all

    select
        concerned.cluster_key,
        concerned.record_key,
        lives.restored_by_id,
        lives.restored_by_kind,
        lives.return_known_by,
        lives.restored_after,
        false,
        1,
        lives.absent_to
    from concerned
    inner join lives on concerned.record_key = lives.record_key
    where lives.absent_to is not null

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
        lead(actor_id) over in_order as next_actor_id,
        lead(actor_kind) over in_order as next_actor_kind,
        lead(known_by) over in_order as next_known_by,
        lead(changed_after) over in_order as next_changed_after
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
    actor_kind as deleted_by_kind,
    next_actor_id as restored_by_id,
    next_actor_kind as restored_by_kind,
    known_by as deletion_known_by,
    changed_after as deleted_after,
    next_known_by as return_known_by,
    next_changed_after as restored_after,
    stepped_at as absent_from,
    next_at as absent_to
from turns
-- merging a record away is not a deletion
where live_count = 0 and not is_merge
