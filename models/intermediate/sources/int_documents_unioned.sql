-- One row per quote, proposal or contract, no moment after as_of.

with

open_documents as (

    select * from {{ ref('stg_open__documents') }}

),

salesforce_documents as (

    select * from {{ ref('int_salesforce_documents') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

dated_documents as (

    select
        *,
        {{ day_of('sent_at') }} as sent_on,
        {{ day_of('signed_at') }} as signed_on
    from open_documents

),

documents as (

    select
        document_id,
        source_system,
        deal_id,
        document_type,
        document_status,
        coalesce({{ local_midnight('sent_on') }}, sent_at) as sent_at,
        coalesce({{ local_midnight('signed_on') }}, signed_at) as signed_at
    from dated_documents
    union all
    select
        document_id,
        source_system,
        deal_id,
        document_type,
        document_status,
        sent_at,
        signed_at
    from salesforce_documents

),

-- One that was only sent or signed after as_of did not exist yet. A day, which stands
-- at its start, may mean any moment to its end.
documents_by_then as (

    select
        documents.document_id,
        documents.source_system,
        documents.deal_id,
        documents.document_type,
        documents.document_status,
        case when documents.sent_at <= as_of.as_of then documents.sent_at end
            as sent_at,
        case when documents.signed_at <= as_of.as_of then documents.signed_at end
            as signed_at,
        case
            when documents.sent_at > as_of.as_of then null
            when
                documents.sent_at
                = {{ local_midnight(local_date('documents.sent_at')) }}
                then {{ next_local_midnight('documents.sent_at') }}
            else documents.sent_at
        end as surely_sent_at,
        case
            when documents.signed_at > as_of.as_of then null
            when
                documents.signed_at
                = {{ local_midnight(local_date('documents.signed_at')) }}
                then {{ next_local_midnight('documents.signed_at') }}
            else documents.signed_at
        end as surely_signed_at
    from documents
    cross join as_of
    where
        coalesce(least(documents.sent_at, documents.signed_at), as_of.as_of)
        <= as_of.as_of

)

select * from documents_by_then
