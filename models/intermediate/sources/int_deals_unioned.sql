-- One row per deal, deleted ones kept.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as deal_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as deal_name,
    cast(null as varchar) as pipeline,
    cast(null as varchar) as deal_stage_value,
    cast(null as varchar) as currency,
    cast(null as varchar) as lost_reason_value,
    cast(null as varchar) as company_record_id,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as merged_into_deal_id,
    cast(null as varchar) as created_by_id,
    cast(null as varchar) as crm_url,
    cast(null as bigint) as amount_cents,
    cast(null as boolean) as is_closed,
    cast(null as boolean) as is_won,
    cast(null as boolean) as is_deleted,
    cast(null as timestamp) as created_at,
    cast(null as timestamp) as closed_at,
    cast(null as timestamp) as deleted_at
where false
