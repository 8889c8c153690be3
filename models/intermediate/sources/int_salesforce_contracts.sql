-- One row per Salesforce contract, with the deal it belongs to.

with

contracts as (

    select * from {{ ref('stg_salesforce__contracts') }}

),

quotes as (

    select * from {{ ref('stg_salesforce__quotes') }}

),

orders as (

    select * from {{ ref('stg_salesforce__orders') }}

),

opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}

),

ways as (

    select
        contract_id,
        deal_id,
        1 as way_rank
    from opportunities
    union all
    select
        contract_id,
        deal_id,
        2 as way_rank
    from quotes
    where not is_deleted
    union all
    select
        contract_id,
        deal_id,
        3 as way_rank
    from orders
    where not is_deleted

),

-- The opportunity is on the contract, or a quote or an order leads to it.
found as (

    select
        contract_id,
        deal_id
    from ways
    where contract_id is not null and deal_id is not null
    qualify
        row_number() over (partition by contract_id order by way_rank, deal_id) = 1

),

-- A signature has a day, without a time: it is dated at its beginning.
signed as (

    select
        contracts.contract_id as document_id,
        coalesce(contracts.deal_id, found.deal_id) as deal_id,
        contracts.document_status,
        coalesce(
            {{ local_midnight('contracts.customer_signed_on') }},
            contracts.activated_at
        ) as signed_at
    from contracts
    left join found on contracts.contract_id = found.contract_id
    where not contracts.is_deleted

)

select * from signed
