-- One row per Salesforce lead, in the columns that all records share.

with

leads as (

    select * from {{ ref('stg_salesforce__leads') }}

),

urls as (

    select * from {{ ref('int_salesforce_urls') }}

),

records as (

    select
        leads.record_id,
        'salesforce' as source_system,
        'lead' as object_type,
        leads.full_name,
        leads.created_by_id,
        urls.record_url || split_part(leads.record_id, ':', 3) as crm_url,
        leads.created_at
    from leads
    cross join urls

)

select * from records
