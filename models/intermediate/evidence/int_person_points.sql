-- One row per person, cycle and point of qualification, with when it was first
-- confirmed.

with

record_values as (

    select * from {{ ref('int_record_values') }}

),

points as (

    select * from {{ ref('qualification_points') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

cycles as (

    select * from {{ ref('int_person_cycles') }}

),

-- on whichever record of the person it stands: a lead's empty box says nothing once
-- sales has ticked the contact's
confirmed as (

    select
        cycles.person_key,
        cycles.cycle_number,
        points.point,
        min(record_values.valid_from) as confirmed_at
    from record_values
    inner join points on record_values.attribute = points.concept
    inner join clusters on record_values.record_id = clusters.record_id
    inner join cycles
        on
            clusters.cluster_key = cycles.person_key
            and record_values.valid_from > cycles.starts_at
            and record_values.valid_from <= cycles.ends_at
    where record_values.is_known and record_values.value = 'true'
    group by cycles.person_key, cycles.cycle_number, points.point

)

select * from confirmed
