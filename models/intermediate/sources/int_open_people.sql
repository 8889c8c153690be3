-- One row per id of a contact or lead in an open-format source, with its record.

with

records as (

    select * from {{ ref('int_records_unioned') }}

),

sources as (

    select * from {{ ref('int_sources') }}

),

named as (

    select
        records.source_system,
        records.record_id,
        substr(
            records.record_id,
            length(records.source_system || ':' || records.object_type || ':') + 1
        ) as native_record_id,
        records.object_type
    from records
    inner join sources on records.source_system = sources.source_system
    where
        sources.source_kind = 'open'
        and records.object_type in ('contact', 'lead')

),

-- Where a contact and a lead have the same id, it names the contact.
people as (

    select
        source_system,
        native_record_id,
        min_by(record_id, object_type || ' ' || record_id) as record_id
    from named
    group by source_system, native_record_id

)

select * from people
