-- One row per HubSpot contact, in the columns that all records share.

with

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

portals as (

    select * from {{ ref('int_hubspot_portals') }}

),

records as (

    select
        contacts.record_id,
        'hubspot' as source_system,
        'contact' as object_type,
        contacts.full_name,
        coalesce(actors.actor_id, contacts.created_by_user_id) as created_by_id,
        portals.record_url || '0-1/' || split_part(contacts.record_id, ':', 3)
            as crm_url,
        contacts.created_at
    from contacts
    cross join portals
    left join actors on contacts.created_by_user_id = actors.user_id

)

select * from records
