-- One row per record, with the person or account it belongs to.

with

records as (

    select * from {{ ref('int_timeline_records') }}

),

labels as (

    select * from {{ ref('int_record_labels') }}

),

links as (

    select
        record_id,
        min(link_kind) as link_kind,
        min(linked_at) as linked_at
    from {{ ref('int_record_links') }}
    group by record_id

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
    where records.object_type <> 'deal'

),

named as (

    select
        *,
        first_value(record_id) over (
            partition by cluster_key
            order by created_at nulls last, record_id
        ) as first_record_id
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
        coalesce(links.link_kind, 'same_record') as link_kind,
        case
            when named.record_id <> named.first_record_id then md5(named.record_id)
        end as previous_cluster_id,
        named.is_merged_away,
        named.created_at,
        links.linked_at
    from named
    left join links on named.record_id = links.record_id

)

select * from clustered
