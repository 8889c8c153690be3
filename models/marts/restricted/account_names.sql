-- One row per account that has a name: that of its earliest company record with one.

with

accounts as (

    select * from {{ ref('dim_accounts') }}

),

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'account'

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

-- deleted records name an account only if no other does
named as (

    select
        accounts.account_id,
        records.company_name as name
    from accounts
    inner join record_clusters on accounts.account_id = record_clusters.cluster_id
    inner join records on record_clusters.record_id = records.record_id
    where records.company_name is not null
    qualify
        row_number() over (
            partition by accounts.account_id
            order by
                records.is_deleted asc, records.created_at asc nulls last,
                records.record_id asc
        ) = 1

)

select * from named
