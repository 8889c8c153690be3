-- One row per person, with the source systems that know the person.

with

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

systems as (

    -- distinct: a person has many records in one system.
    select distinct
        cluster_id as person_id,
        split_part(record_id, ':', 1) as source_system
    from record_clusters

),

persons as (

    select
        person_id,
        {{ joined_text('source_system', "', '", 'source_system') }} as source_systems
    from systems
    group by person_id

)

select * from persons
