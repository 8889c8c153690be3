-- One row per uninterrupted stay of a deal in one deal stage.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

timeline_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'deal_stage'

),

visits as (

    select
        visit_id,
        subject_id as deal_id,
        entered_by_id,
        mapped_value as deal_stage,
        previous_value as previous_deal_stage,
        next_value as next_deal_stage,
        entered_by_team,
        entered_by_kind,
        source_value,
        visit_number,
        visit_of_value_number,
        touch_count,
        interruption_count,
        stay_days,
        is_open,
        is_start_inferred,
        is_bulk,
        is_gap_before,
        is_observed,
        entered_after_at,
        valid_from,
        valid_to
    from timeline_visits

),

as_known as (

    select
        visits.*,
        as_of.as_of
    from visits
    cross join as_of

)

select * from as_known
