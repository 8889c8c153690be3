-- One row per quote, proposal or contract of an open-format source.

with

landed as (

    select * from {{ source('open', 'documents') }}

),

documents as (

    select
        source_system,
        {{ open_id("'document'", 'document_id') }} as document_id,
        {{ open_id("'deal'", 'deal_id') }} as deal_id,
        nullif(lower(trim(document_type)), '') as document_type,
        nullif(trim(status), '') as document_status,
        sent_at,
        signed_at
    from landed

)

select * from documents
