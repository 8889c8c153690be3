-- One row per HubSpot one-to-one e-mail.

with

landed as (

    select * from {{ source('hubspot', 'engagement_email') }}

),

engagement_emails as (

    select
        {{ hubspot_id('engagement', 'engagement_id') }} as engagement_id,
        {{ hubspot_user_id('owner', 'property_hubspot_owner_id') }} as owner_id,
        {{ hubspot_user_id('user', 'property_hs_created_by_user_id') }}
            as created_by_user_id,
        nullif(trim(property_hs_email_direction), '') as direction_value,
        cast(null as varchar) as outcome,
        coalesce(_fivetran_deleted, false) as is_deleted,
        coalesce(property_hs_timestamp, property_hs_createdate) as occurred_at,
        property_hs_createdate as created_at
    from landed

)

select * from engagement_emails
