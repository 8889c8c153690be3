-- One row per HubSpot company, deleted ones kept.

with

landed as (

    select * from {{ source('hubspot', 'company') }}

),

companies as (

    select
        {{ hubspot_id('company', 'id') }} as record_id,
        {{ hubspot_user_id('user', 'property_hs_created_by_user_id') }}
            as created_by_user_id,
        nullif(trim(property_name), '') as company_name,
        nullif(lower(trim(property_domain)), '') as domain,
        nullif(trim(property_hs_merged_object_ids), '') as merged_ids,
        coalesce(_fivetran_deleted, false) or coalesce(is_deleted, false) as is_deleted,
        property_createdate as created_at,
        property_hs_lastmodifieddate as modified_at,
        _fivetran_synced as synced_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from companies
