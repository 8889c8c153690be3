-- One row per move of a person's record to a lead status that decides a handoff.

with

visits as (

    select * from {{ ref('int_visits') }}
    where
        concept = 'lead_status'
        and decision is not null
        and not is_start_inferred
        and not is_restored

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

decisions as (

    select
        clusters.cluster_key as person_key,
        visits.record_id,
        visits.entered_by_id as actor_id,
        visits.entered_by_team as actor_team,
        visits.entered_by_kind as actor_kind,
        visits.mapped_value as lead_status,
        visits.decision,
        visits.entered_by_kind = 'human'
        and coalesce(visits.entered_by_team in ('sales', 'sales_development'), false)
            as is_by_sales_human,
        visits.visit_key,
        visits.valid_from as decided_at
    from visits
    inner join clusters on visits.record_id = clusters.record_id

)

select * from decisions
