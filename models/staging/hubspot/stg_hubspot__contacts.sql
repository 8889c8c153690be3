-- One row per HubSpot contact, deleted ones kept.

with

landed as (

    select * from {{ source('hubspot', 'contact') }}

),

contacts as (

    select
        {{ hubspot_id('contact', 'id') }} as record_id,
        {{ hubspot_user_id('user', 'property_hs_created_by_user_id') }}
            as created_by_user_id,
        nullif(
            trim(
                coalesce(property_firstname, '') || ' '
                || coalesce(property_lastname, '')
            ),
            ''
        ) as full_name,
        nullif(trim(property_hs_analytics_source_data_1), '') as lead_source_detail,
        nullif(trim(property_hs_merged_object_ids), '') as merged_ids,
        coalesce(_fivetran_deleted, false) as is_deleted,
        property_createdate as created_at,
        property_lastmodifieddate as modified_at,
        _fivetran_synced as synced_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from contacts
