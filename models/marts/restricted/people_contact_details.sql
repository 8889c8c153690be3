-- One row per CRM record of a person, with what names and reaches that person.

with

record_clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

people as (

    select * from {{ ref('int_people') }}

),

contacts as (

    select
        record_clusters.cluster_id as person_id,
        records.record_id,
        records.full_name,
        records.email,
        records.phone,
        records.job_title,
        records.company_name,
        coalesce(people.primary_record_id = records.record_id, false) as is_primary
    from record_clusters
    inner join records
        on record_clusters.record_id = records.record_id
    -- a person whose every record the policy leaves out is none
    inner join people
        on record_clusters.cluster_id = people.person_id

)

select * from contacts
