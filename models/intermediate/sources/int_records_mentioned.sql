-- One row per record that history or an association speaks of and no table holds.

with

records as (

    select * from {{ ref('int_records_landed') }}

),

changes as (

    select * from {{ ref('int_changes_by_concept') }}

),

merged_away as (

    select * from {{ ref('int_record_merges') }}

),

associations as (

    select * from {{ ref('int_hubspot_associations') }}

),

mentions as (

    select
        source_system,
        object_type,
        record_id
    from changes
    where object_type <> 'deal'
    union all
    select
        merged_away.source_system,
        merged_away.object_type,
        merged_away.record_id
    from merged_away
    inner join associations on merged_away.record_id = associations.record_id

),

mentioned as (

    select
        mentions.record_id,
        mentions.source_system,
        mentions.object_type
    from mentions
    left join records on mentions.record_id = records.record_id
    where records.record_id is null and mentions.record_id is not null
    group by mentions.record_id, mentions.source_system, mentions.object_type

)

select * from mentioned
