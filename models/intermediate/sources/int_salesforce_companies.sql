-- One row per Salesforce account, in the columns that all records share.

with

companies as (

    select * from {{ ref('stg_salesforce__accounts') }}

),

urls as (

    select * from {{ ref('int_salesforce_urls') }}

),

records as (

    select
        companies.record_id,
        'salesforce' as source_system,
        'company' as object_type,
        cast(null as varchar) as full_name,
        companies.created_by_id,
        urls.record_url || split_part(companies.record_id, ':', 3) as crm_url,
        companies.created_at
    from companies
    cross join urls

)

select * from records
