-- One row per HubSpot engagement and associated contact.

with

landed as (

    select * from {{ source('hubspot', 'engagement_contact') }}

),

engagement_contacts as (

    -- distinct: an association has a row for each of its labels
    select distinct
        {{ hubspot_id('engagement', 'engagement_id') }} as engagement_id,
        {{ hubspot_id('contact', 'contact_id') }} as record_id
    from landed

)

select * from engagement_contacts
