-- One row per HubSpot message on another channel.

with

landed as (

    select * from {{ source('hubspot', 'engagement_communication') }}

),

engagement_communications as (

    select
        {{ hubspot_id('engagement', 'engagement_id') }} as engagement_id,
        {{ hubspot_user_id('owner', 'property_hubspot_owner_id') }} as owner_id,
        {{ hubspot_user_id('user', 'property_hs_created_by_user_id') }}
            as created_by_user_id,
        cast(null as varchar) as direction_value,
        nullif(trim(property_hs_communication_channel_type), '') as outcome,
        coalesce(_fivetran_deleted, false) as is_deleted,
        coalesce(property_hs_timestamp, property_hs_createdate) as occurred_at,
        property_hs_createdate as created_at
    from landed

)

select * from engagement_communications
