-- One row per uninterrupted stay of a CRM record in one lead status.

with

timeline_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'lead_status'

),

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

visits as (

    select
        timeline_visits.visit_id,
        record_clusters.cluster_id as person_id,
        timeline_visits.record_id,
        timeline_visits.entered_by_id,
        timeline_visits.mapped_value as lead_status,
        timeline_visits.previous_value as previous_lead_status,
        timeline_visits.next_value as next_lead_status,
        timeline_visits.entered_by_team,
        timeline_visits.entered_by_kind,
        timeline_visits.source_value,
        timeline_visits.visit_number,
        timeline_visits.visit_of_value_number,
        timeline_visits.touch_count,
        timeline_visits.interruption_count,
        timeline_visits.stay_days,
        timeline_visits.is_open,
        timeline_visits.is_start_inferred,
        timeline_visits.is_bulk,
        timeline_visits.is_gap_before,
        timeline_visits.valid_from,
        timeline_visits.valid_to
    from timeline_visits
    left join record_clusters
        on timeline_visits.record_id = record_clusters.record_id

)

select * from visits
