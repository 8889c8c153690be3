-- One row per superseded version of a HubSpot contact.

with

landed as (

    select * from {{ source('hubspot_history', 'contact') }}

),

contact_versions as (

    select
        {{ hubspot_id('contact', 'id') }} as record_id,
        coalesce(_fivetran_deleted, false) as is_deleted,
        property_lastmodifieddate as modified_at,
        _fivetran_synced as synced_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from contact_versions
