-- One row per person, moment and structured reason set then on one of the records.

with

changes as (

    select * from {{ ref('int_changes_unioned') }}
    where concept = 'rejection_reason' and new_value is not null

),

clusters as (

    select * from {{ ref('int_record_clusters') }}

),

mappings as (

    select * from {{ ref('int_value_mappings') }}
    where concept = 'rejection_reason'

),

mapped as (

    -- distinct: two records of a person may be given one reason at once
    select distinct
        clusters.cluster_key as person_key,
        mappings.value as reason_code,
        changes.changed_at
    from changes
    inner join clusters on changes.record_id = clusters.record_id
    inner join mappings
        on
            changes.source_system = mappings.source_system
            and lower(trim(changes.new_value)) = mappings.source_value_key
            and changes.changed_at >= mappings.valid_from
            and changes.changed_at < mappings.valid_to

)

select * from mapped
