-- One row per person and stretch of time in which the CRM's own score is their interest
-- score, with the bound it has to reach.

with

people as (

    select * from {{ ref('int_people') }}

),

criteria as (

    select * from {{ ref('int_mql_criteria') }}
    where attribute = 'score'

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

scores as (

    select * from {{ ref('int_record_values') }}
    where attribute = 'score'

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

landing as (

    -- distinct: a source lands many scores
    select distinct
        records.source_system,
        records.object_type
    from records
    inner join scores on records.record_id = scores.record_id

),

scored as (

    -- distinct: a person has several records
    select distinct clusters.cluster_key as person_key
    from clusters
    inner join records on clusters.record_id = records.record_id
    inner join landing
        on
            records.source_system = landing.source_system
            and records.object_type = landing.object_type

),

bounds as (

    select
        people.person_key,
        cast(criteria.value as bigint) as score_threshold,
        criteria.in_force_from,
        criteria.in_force_to
    from people
    inner join scored on people.person_key = scored.person_key
    inner join criteria on coalesce(people.segment, '') = criteria.segment

)

select * from bounds
