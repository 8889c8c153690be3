-- One row per Salesforce contact, in the columns that all records share.

with

contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

urls as (

    select * from {{ ref('int_salesforce_urls') }}

),

records as (

    select
        contacts.record_id,
        'salesforce' as source_system,
        'contact' as object_type,
        contacts.full_name,
        contacts.created_by_id,
        urls.record_url || split_part(contacts.record_id, ':', 3) as crm_url,
        contacts.created_at
    from contacts
    cross join urls

)

select * from records
