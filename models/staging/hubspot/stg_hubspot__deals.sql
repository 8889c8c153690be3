-- One row per HubSpot deal, deleted ones kept.

with

landed as (

    select * from {{ source('hubspot', 'deal') }}

),

deals as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as deal_id,
        {{ hubspot_user_id('user', 'property_hs_created_by_user_id') }}
            as created_by_user_id,
        nullif(trim(portal_id), '') as portal_id,
        nullif(trim(property_dealname), '') as deal_name,
        nullif(upper(trim(property_deal_currency_code)), '') as currency,
        property_hs_is_closed as is_closed,
        property_hs_is_closed_won as is_won,
        coalesce(_fivetran_deleted, false) or coalesce(is_deleted, false) as is_deleted,
        property_createdate as created_at,
        property_closedate as close_date_at,
        property_hs_lastmodifieddate as modified_at,
        _fivetran_synced as synced_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from deals
