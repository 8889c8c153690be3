-- One row per uninterrupted stay of one subject in one value, for every concept (person_stage, record_stage, account_stage, lead_status, owner, deal_stage).
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as bigint) as visit_key,
    cast(null as varchar) as visit_id,
    cast(null as varchar) as concept,
    cast(null as varchar) as subject_id,
    cast(null as varchar) as record_id,
    cast(null as varchar) as mapped_value,
    cast(null as bigint) as visit_number,
    cast(null as bigint) as visit_of_value_number,
    cast(null as varchar) as previous_value,
    cast(null as varchar) as next_value,
    cast(null as varchar) as entered_by_id,
    cast(null as varchar) as entered_by_team,
    cast(null as varchar) as entered_by_kind,
    cast(null as varchar) as source_value,
    cast(null as bigint) as touch_count,
    cast(null as bigint) as interruption_count,
    cast(null as double) as stay_days,
    cast(null as boolean) as is_open,
    cast(null as boolean) as is_start_inferred,
    cast(null as boolean) as is_bulk,
    cast(null as boolean) as is_gap_before,
    cast(null as boolean) as is_restored,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_to,
    cast(null as timestamp) as counted_from
where false
