-- One row per Salesforce quote, with when it was seen to go out.

with

quotes as (

    select * from {{ ref('stg_salesforce__quotes') }}

),

quote_versions as (

    select * from {{ ref('stg_salesforce__quote_versions') }}

),

statuses as (

    select * from {{ ref('value_mappings') }}
    where
        concept = 'document_status'
        and value = 'sent'
        and source_system in ('salesforce', 'any')

),

sent_statuses as (

    select lower(trim(source_value)) as document_status
    from statuses
    group by lower(trim(source_value))

),

versions as (

    select * from quotes
    union all
    select * from quote_versions

),

followed as (

    select
        versions.*,
        sent_statuses.document_status is not null as is_sent,
        lag(sent_statuses.document_status is not null) over (
            partition by versions.document_id
            order by coalesce(versions.updated_at, versions.seen_at), versions.seen_at
        ) as was_sent
    from versions
    left join sent_statuses
        on lower(versions.document_status) = sent_statuses.document_status

),

-- Salesforce keeps no history of the status: it is dated where a version was seen that
-- had not gone out yet, or where nothing has changed since the quote was made.
sent as (

    select
        document_id,
        min(updated_at) as sent_at
    from followed
    where is_sent and (not was_sent or updated_at = created_at)
    group by document_id

),

dated as (

    select
        quotes.document_id,
        quotes.deal_id,
        quotes.contract_id,
        quotes.document_status,
        sent.sent_at
    from quotes
    left join sent on quotes.document_id = sent.document_id
    where not quotes.is_deleted

)

select * from dated
