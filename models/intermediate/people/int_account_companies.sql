-- One row per account, as its earliest live company record describes it.

with

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'account'

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

ranked as (

    select
        record_clusters.cluster_id as account_id,
        records.industry,
        records.country,
        records.owner_id,
        records.crm_url,
        min(records.created_at) over (
            partition by record_clusters.cluster_id
        ) as created_at,
        row_number() over (
            partition by record_clusters.cluster_id
            order by
                case when records.is_deleted then 1 else 0 end asc,
                records.created_at asc nulls last,
                records.record_id asc
        ) as record_rank
    from record_clusters
    inner join records
        on record_clusters.record_id = records.record_id

),

companies as (

    select
        account_id,
        owner_id,
        industry,
        country,
        crm_url,
        created_at
    from ranked
    where record_rank = 1

)

select * from companies
