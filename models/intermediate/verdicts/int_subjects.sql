-- One row per thing that rules can judge (stage_visit, transition, handoff, person, record, stage), with what a finding about it must show.
-- SKELETON: interface only, to be replaced by its owner.

select
    cast(null as varchar) as subject_type,
    cast(null as bigint) as subject_key,
    cast(null as varchar) as subject_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as record_id,
    cast(null as varchar) as deal_id,
    cast(null as varchar) as lifecycle_stage,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as owner_team,
    cast(null as bigint) as transition_key,
    cast(null as boolean) as is_bulk,
    cast(null as boolean) as is_start_inferred,
    cast(null as varchar) as crm_url
where false
