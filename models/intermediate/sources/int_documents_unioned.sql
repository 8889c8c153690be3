-- One row per quote, proposal or contract, no moment after as_of.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as document_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as deal_id,
    cast(null as varchar) as document_type,
    cast(null as varchar) as document_status,
    cast(null as timestamp) as sent_at,
    cast(null as timestamp) as signed_at
where false
