-- One row per account: each value from its earliest live company record that has one;
-- where none is live, from the earliest of the deleted.

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
        records.owner_id,
        records.industry,
        records.country,
        records.crm_url,
        records.created_at,
        -- deleted records describe an account only if all of it is deleted
        not records.is_deleted
        or min(case when records.is_deleted then 1 else 0 end) over (
            partition by record_clusters.cluster_id
        ) = 1 as is_telling,
        row_number() over (
            partition by record_clusters.cluster_id
            order by records.created_at asc nulls last, records.record_id asc
        ) as record_rank
    from record_clusters
    inner join records
        on record_clusters.record_id = records.record_id

),

companies as (

    select
        account_id,
        {% for value in ['owner_id', 'industry', 'country', 'crm_url'] -%}
        min_by({{ value }}, record_rank) filter (
            where is_telling and {{ value }} is not null
        ) as {{ value }},
        {% endfor -%}
        min(created_at) as created_at
    from ranked
    group by account_id

)

select * from companies
