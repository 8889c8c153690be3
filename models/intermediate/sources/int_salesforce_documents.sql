-- One row per Salesforce quote, contract or order, deleted ones left out.

with

quotes as (

    select * from {{ ref('int_salesforce_quotes') }}

),

contracts as (

    select * from {{ ref('int_salesforce_contracts') }}

),

orders as (

    select * from {{ ref('stg_salesforce__orders') }}

),

documents as (

    select
        document_id,
        'salesforce' as source_system,
        deal_id,
        'quote' as document_type,
        document_status,
        sent_at,
        cast(null as timestamp) as signed_at
    from quotes
    union all
    select
        document_id,
        'salesforce' as source_system,
        deal_id,
        'contract' as document_type,
        document_status,
        cast(null as timestamp) as sent_at,
        signed_at
    from contracts
    union all
    select
        document_id,
        'salesforce' as source_system,
        deal_id,
        'order' as document_type,
        document_status,
        cast(null as timestamp) as sent_at,
        activated_at as signed_at
    from orders
    where not is_deleted and not is_reduction

)

select * from documents
