-- One row per identity conflict: an e-mail address, domain or id of another CRM that
-- was not used as a link, or a cluster that grew too large.

with

concerned as (

    select * from {{ ref('int_identity_conflict_records') }}

),

live_records as (

    select * from {{ ref('int_live_records') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

placed as (

    select
        concerned.conflict_id,
        concerned.conflict_kind,
        concerned.reason_code,
        concerned.record_id,
        clusters.cluster_key,
        live_records.owner_id,
        live_records.created_at,
        row_number() over in_order as place,
        row_number() over (
            partition by concerned.conflict_id
            order by
                case when live_records.record_id is null then 1 else 0 end,
                live_records.created_at desc nulls last,
                concerned.record_id desc
        ) as place_from_end
    from concerned
    left join live_records on concerned.record_id = live_records.record_id
    left join clusters on concerned.record_id = clusters.record_id
    window in_order as (
        partition by concerned.conflict_id
        order by live_records.created_at nulls last, concerned.record_id
    )

),

conflicts as (

    select
        conflict_id,
        conflict_kind,
        reason_code,
        max(case when place_from_end = 1 then record_id end) as record_id,
        max(case when place_from_end = 1 then owner_id end) as owner_id,
        {{ joined_text("case when place <= 20 then record_id end", "', '", 'place') }}
            as record_ids,
        count(*) as record_count,
        count(distinct cluster_key) as cluster_count,
        max(created_at) as occurred_at
    from placed
    group by conflict_id, conflict_kind, reason_code

)

select * from conflicts
