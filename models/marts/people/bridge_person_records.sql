-- One row per CRM record of a person: which records were put together, and why.

with

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

people as (

    select * from {{ ref('int_people') }}

),

links as (

    select
        record_clusters.cluster_id as person_id,
        record_clusters.record_id,
        -- A person is named after its earliest record. Any other record was, before an
        -- older one joined, a person named after itself.
        record_clusters.previous_cluster_id as previous_person_id,
        record_clusters.link_kind,
        record_clusters.linked_at
    from record_clusters
    -- a person whose every record the policy leaves out is none
    inner join people
        on record_clusters.cluster_id = people.person_id

)

select * from links
