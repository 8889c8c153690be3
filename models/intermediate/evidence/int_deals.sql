-- One row per deal with its pipeline kind, role, people and documents.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as deal_key,
    cast(null as varchar) as deal_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as pipeline,
    cast(null as varchar) as pipeline_kind,
    cast(null as varchar) as deal_stage,
    cast(null as varchar) as deal_role,
    cast(null as varchar) as currency,
    cast(null as varchar) as lost_reason_code,
    cast(null as varchar) as crm_url,
    cast(null as bigint) as amount_cents,
    cast(null as bigint) as person_count,
    cast(null as boolean) as is_deleted,
    cast(null as timestamp) as created_at,
    cast(null as timestamp) as offer_sent_at,
    cast(null as timestamp) as contract_signed_at,
    cast(null as timestamp) as won_at,
    cast(null as timestamp) as closed_at
where false
