-- One row per CRM record of a person: which records were put together, and why.

with

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

links as (

    select
        cluster_id as person_id,
        record_id,
        -- A person is named after its earliest record. Any other record was, before an
        -- older one joined, a person named after itself.
        previous_cluster_id as previous_person_id,
        link_kind,
        linked_at
    from record_clusters

)

select * from links
