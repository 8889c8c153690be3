-- One row per record of a person that the policy does not leave out at as_of.

with

records as (

    select * from {{ ref('int_records_unioned') }}

),

clusters as (

    select * from {{ ref('int_record_clusters') }}
    where cluster_kind = 'person'

),

exclusions as (

    select * from {{ ref('int_excluded_records') }}
    where is_left_out

),

members as (

    select
        clusters.cluster_key as person_key,
        clusters.record_key,
        clusters.cluster_id as person_id,
        records.*,
        clusters.is_merged_away,
        not records.is_deleted and not clusters.is_merged_away as is_live
    from records
    inner join clusters on records.record_id = clusters.record_id
    left join exclusions on records.record_id = exclusions.record_id
    where exclusions.record_id is null

)

select * from members
