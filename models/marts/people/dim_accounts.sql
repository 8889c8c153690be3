-- One row per account (company) that the CRM knows.

with

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'account'

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

account_stages as (

    select * from {{ ref('int_account_stages') }}

),

people as (

    select * from {{ ref('int_account_people') }}

),

deals as (

    select * from {{ ref('int_deals') }}

),

-- The earliest live company record speaks for the account.
companies as (

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

deal_counts as (

    select
        account_id,
        count(*) filter (
            where deal_role in ('open', 'offer', 'paused')
        ) as open_deal_count,
        count(*) filter (where deal_role = 'won') as won_deal_count
    from deals
    where not is_deleted and not is_merged_away and pipeline_kind != 'ignored'
    group by account_id

),

accounts as (

    select
        companies.account_id,
        companies.owner_id,
        account_stages.lifecycle_stage,
        account_stages.stage_role,
        people.segment,
        companies.industry,
        companies.country,
        companies.crm_url,
        coalesce(people.person_count, 0) as person_count,
        coalesce(deal_counts.open_deal_count, 0) as open_deal_count,
        coalesce(deal_counts.won_deal_count, 0) as won_deal_count,
        companies.created_at,
        account_stages.stage_entered_at
    from companies
    left join account_stages
        on companies.account_id = account_stages.account_id
    left join people
        on companies.account_id = people.account_id
    left join deal_counts
        on companies.account_id = deal_counts.account_id
    where companies.record_rank = 1

)

select * from accounts
