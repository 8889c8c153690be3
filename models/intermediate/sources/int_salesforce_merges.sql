-- One row per Salesforce record that was merged away, converted leads included.
-- A loser is purged from the recycle bin, its last version stays in the history.

with

versions as (

    select * from {{ ref('int_record_versions') }}

),

conversions as (

    select * from {{ ref('int_salesforce_conversions') }}

),

contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

-- Of a lead that is converted again the row tells the last contact, an older version
-- the one before it.
earlier as (

    select
        record_id,
        {{ salesforce_id('contact', 'ids') }} as contact_record_id,
        modified_at
    from {{ ref('int_merge_fields') }}
    where told_by = 'conversion' and not is_current

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
    union all
    select
        'lead' as object_type,
        earlier.record_id,
        earlier.contact_record_id as survivor_id,
        'conversion' as link_kind,
        min(earlier.modified_at) as merged_at
    from earlier
    inner join contacts on earlier.contact_record_id = contacts.record_id
    left join conversions
        on
            earlier.record_id = conversions.record_id
            and earlier.contact_record_id = conversions.contact_record_id
    where conversions.record_id is null
    group by earlier.record_id, earlier.contact_record_id

)

select * from merged_away
