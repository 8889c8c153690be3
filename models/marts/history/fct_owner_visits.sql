-- One row per uninterrupted stay of a record or deal with one owner.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

timeline_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'owner'

),

visits as (

    select
        visit_id,
        person_id,
        case
            when split_part(subject_id, ':', 2) != 'deal'
                then subject_id
        end as record_id,
        case
            when split_part(subject_id, ':', 2) = 'deal'
                then subject_id
        end as deal_id,
        mapped_value as owner_id,
        previous_value as previous_owner_id,
        next_value as next_owner_id,
        entered_by_id,
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
