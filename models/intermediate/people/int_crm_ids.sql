-- One row per record and record of another CRM whose id it holds.

with

concepts as (

    select * from {{ ref('int_record_concepts') }}
    where concept = 'crm_id'

),

live_records as (

    select * from {{ ref('int_live_records') }}

),

records as (

    select * from {{ ref('int_records_unioned') }}

),

landed as (

    select * from {{ ref('int_records_landed') }}

),

merged_away as (

    select * from {{ ref('int_record_merges') }}

),

-- What a merge speaks of was there, even where its row is purged; so was, or will be,
-- what was created after as_of.
known as (

    select record_id from records
    union
    select record_id from landed
    union
    select record_id from merged_away
    union
    select survivor_id from merged_away

),

landed_kinds as (

    -- distinct: a kind has many records
    select distinct
        source_system,
        object_type
    from landed

),

held as (

    select
        concepts.record_id,
        concepts.value as claimed_record_id,
        records.source_system,
        records.object_type,
        live_records.record_id is not null as is_live,
        known.record_id is not null as is_known,
        records.created_at
    from concepts
    inner join records on concepts.record_id = records.record_id
    -- a CRM that is not loaded at all has no records that could be missing
    inner join landed_kinds
        on
            split_part(concepts.applies_to, ':', 1) = landed_kinds.source_system
            and split_part(concepts.applies_to, ':', 2) = landed_kinds.object_type
    left join live_records on concepts.record_id = live_records.record_id
    left join known on concepts.value = known.record_id
    where
        concepts.record_id <> concepts.value
        -- people are people, companies are companies
        and case when records.object_type = 'company' then 1 else 0 end
        = case split_part(concepts.applies_to, ':', 2) when 'company' then 1 else 0 end

)

select * from held
