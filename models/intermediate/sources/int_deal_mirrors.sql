-- One row per deal that another CRM keeps as its own, with the deal it is kept as.
-- Where one of the two is Salesforce's opportunity, that is the deal.

with

concepts as (

    select * from {{ ref('int_record_concepts') }}
    where concept = 'crm_id' and object_type = 'deal'

),

deals as (

    select * from {{ ref('int_deals_landed') }}

),

pairs as (

    select
        holders.deal_id as holder_id,
        holders.source_system as holder_system,
        named.deal_id as named_id,
        named.source_system as named_system
    from concepts
    inner join deals as holders on concepts.record_id = holders.deal_id
    inner join deals as named on concepts.value = named.deal_id
    where holders.source_system <> named.source_system

),

directed as (

    select
        case when holder_system = 'salesforce' then named_system else holder_system end
            as source_system,
        case when holder_system = 'salesforce' then named_id else holder_id end
            as deal_id,
        case when holder_system = 'salesforce' then holder_id else named_id end
            as survivor_id
    from pairs

),

-- Two opportunities may claim one deal of another CRM: the first by id has it.
mirrors as (

    select
        source_system,
        deal_id,
        min(survivor_id) as survivor_id
    from directed
    group by source_system, deal_id

)

select * from mirrors
