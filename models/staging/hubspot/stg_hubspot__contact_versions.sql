-- One row per superseded version of a HubSpot contact.

with

landed as (

    select * from {{ source('hubspot_history', 'contact') }}

),

contact_versions as (

    select
        {{ hubspot_id('contact', 'id') }} as record_id,
        property_lastmodifieddate as modified_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from contact_versions
