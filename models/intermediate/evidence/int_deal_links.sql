-- One row per deal and person that the CRM associates with each other.
-- No CRM dates the association: it holds since both the deal and the record existed.

with

links as (

    select * from {{ ref('int_deal_contacts_unioned') }}

),

deals as (

    select * from {{ ref('int_deals_unioned') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

survivors as (

    select
        deal_id,
        coalesce(merged_into_deal_id, deal_id) as surviving_deal_id
    from deals

),

linked as (

    select
        survivors.surviving_deal_id as deal_id,
        clusters.cluster_key as person_key,
        min(
            greatest(
                coalesce(deals.created_at, records.created_at),
                coalesce(records.created_at, deals.created_at)
            )
        ) as held_from
    from links
    inner join survivors on links.deal_id = survivors.deal_id
    inner join deals on survivors.surviving_deal_id = deals.deal_id
    inner join clusters on links.record_id = clusters.record_id
    inner join records on links.record_id = records.record_id
    group by survivors.surviving_deal_id, clusters.cluster_key

)

select * from linked
