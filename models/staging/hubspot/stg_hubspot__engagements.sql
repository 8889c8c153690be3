-- One row per HubSpot engagement of any type.

with

landed as (

    select * from {{ source('hubspot', 'engagement') }}

),

engagements as (

    select
        {{ hubspot_id('engagement', 'id') }} as engagement_id,
        nullif(trim(type), '') as engagement_type,
        nullif(trim(portal_id), '') as portal_id
    from landed

)

select * from engagements
