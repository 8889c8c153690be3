-- One row per uninterrupted stay of a person in one lifecycle stage.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

visit_evidence as (

    select * from {{ ref('int_visit_evidence') }}

),

entry_deals as (

    select
        visit_key,
        deal_id
    from visit_evidence
    where moment_kind = 'entry'

),

visits as (

    select
        stage_visits.visit_id,
        stage_visits.person_id,
        stage_visits.record_id,
        entry_deals.deal_id,
        stage_visits.entered_by_id,
        stage_visits.lifecycle_stage,
        stage_visits.previous_stage as previous_lifecycle_stage,
        stage_visits.next_stage as next_lifecycle_stage,
        stage_visits.entered_by_team,
        stage_visits.entered_by_kind,
        stage_visits.source_value,
        stage_visits.visit_number,
        stage_visits.visit_of_value_number,
        stage_visits.touch_count,
        stage_visits.interruption_count,
        stage_visits.stay_days,
        stage_visits.is_open,
        stage_visits.is_start_inferred,
        stage_visits.is_bulk,
        stage_visits.is_gap_before,
        stage_visits.is_observed,
        stage_visits.entered_after_at,
        stage_visits.valid_from,
        stage_visits.valid_to
    from stage_visits
    left join entry_deals
        on stage_visits.visit_key = entry_deals.visit_key

),

as_known as (

    select
        visits.*,
        as_of.as_of
    from visits
    cross join as_of

)

select * from as_known
