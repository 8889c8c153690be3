-- One row per HubSpot company, in the columns that all records share.

with

companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

portals as (

    select * from {{ ref('int_hubspot_portals') }}

),

records as (

    select
        companies.record_id,
        'hubspot' as source_system,
        'company' as object_type,
        cast(null as varchar) as full_name,
        coalesce(actors.actor_id, companies.created_by_user_id) as created_by_id,
        portals.record_url || '0-2/' || split_part(companies.record_id, ':', 3)
            as crm_url,
        companies.created_at
    from companies
    cross join portals
    left join actors on companies.created_by_user_id = actors.user_id

)

select * from records
