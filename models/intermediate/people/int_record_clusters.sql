-- One row per record, with the person or account it belongs to.

with

records as (

    select * from {{ ref('int_timeline_records') }}
    where object_type <> 'deal'

),

labels as (

    select * from {{ ref('int_record_labels') }}

),

reasons as (

    select * from {{ ref('int_record_link_reasons') }}

),

labelled as (

    select
        records.record_key,
        records.record_id,
        records.object_type,
        records.is_merged_away,
        records.created_at,
        coalesce(labels.label_key, records.record_key) as cluster_key,
        case when records.object_type = 'company' then 'account' else 'person' end
            as cluster_kind
    from records
    left join labels on records.record_key = labels.record_key

),

named as (

    select
        *,
        first_value(record_id) over (
            partition by cluster_key
            order by created_at nulls last, record_id
        ) as first_record_id,
        row_number() over (
            partition by cluster_key
            order by is_merged_away, created_at nulls last, record_id
        ) as place
    from labelled

),

clustered as (

    select
        named.record_key,
        named.cluster_key,
        named.record_id,
        named.object_type,
        named.cluster_kind,
        md5(named.first_record_id) as cluster_id,
        -- the first that was not merged away is what the others joined
        case
            when reasons.is_merged_away then reasons.link_kind
            when named.place = 1 then 'same_record'
            else coalesce(reasons.link_kind, 'same_record')
        end as link_kind,
        case
            when named.record_id <> named.first_record_id then md5(named.record_id)
        end as previous_cluster_id,
        named.is_merged_away,
        named.created_at,
        case
            when reasons.is_merged_away or named.place > 1 then reasons.linked_at
        end as linked_at
    from named
    left join reasons on named.record_id = reasons.record_id

)

select * from clustered
