-- One row per person, with the last movement, status change or two-way activity.

with

people as (

    select * from {{ ref('int_people') }}

),

person_evidence as (

    select * from {{ ref('int_person_evidence') }}

),

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

status_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'lead_status'

),

status_moves as (

    select
        record_clusters.cluster_id as person_id,
        max(status_visits.valid_from) as last_status_at
    from status_visits
    inner join record_clusters
        on status_visits.record_id = record_clusters.record_id
    group by record_clusters.cluster_id

),

last_moves as (

    select
        people.person_id,
        people.lifecycle_stage,
        greatest(
            people.created_at,
            people.stage_entered_at,
            status_moves.last_status_at,
            person_evidence.last_activity_at
        ) as last_moved_at
    from people
    left join status_moves
        on people.person_id = status_moves.person_id
    left join person_evidence
        on people.person_key = person_evidence.person_key
    where not people.is_deleted

)

select * from last_moves
