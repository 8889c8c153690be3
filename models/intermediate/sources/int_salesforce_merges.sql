-- One row per Salesforce record that was merged away, converted leads included.
-- A loser is purged from the recycle bin, its last version stays in the history.

with

versions as (

    select * from {{ ref('int_record_versions') }}

),

conversions as (

    select * from {{ ref('int_salesforce_conversions') }}

),

merged as (

    select
        object_type,
        record_id,
        master_record_id as survivor_id,
        'merge' as link_kind,
        min(updated_at) as merged_at
    from versions
    where master_record_id is not null and master_record_id <> record_id
    group by object_type, record_id, master_record_id

),

-- Without the contact the lead goes on standing for the person.
merged_away as (

    select
        object_type,
        record_id,
        survivor_id,
        link_kind,
        merged_at
    from merged
    union all
    select
        'lead' as object_type,
        record_id,
        contact_record_id as survivor_id,
        'conversion' as link_kind,
        converted_at as merged_at
    from conversions
    where is_contact_landed

)

select * from merged_away
