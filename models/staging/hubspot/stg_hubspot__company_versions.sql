-- One row per superseded version of a HubSpot company.

with

landed as (

    select * from {{ source('hubspot_history', 'company') }}

),

company_versions as (

    select
        {{ hubspot_id('company', 'id') }} as record_id,
        coalesce(_fivetran_deleted, false) or coalesce(is_deleted, false) as is_deleted,
        property_hs_lastmodifieddate as modified_at,
        _fivetran_synced as synced_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from company_versions
