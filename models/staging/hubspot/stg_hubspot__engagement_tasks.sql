-- One row per HubSpot task.

with

landed as (

    select * from {{ source('hubspot', 'engagement_task') }}

),

engagement_tasks as (

    select
        {{ hubspot_id('engagement', 'engagement_id') }} as engagement_id,
        {{ hubspot_user_id('owner', 'property_hubspot_owner_id') }} as owner_id,
        {{ hubspot_user_id('user', 'property_hs_created_by_user_id') }}
            as created_by_user_id,
        nullif(trim(property_hs_task_type), '') as task_type,
        nullif(trim(property_hs_task_status), '') as task_status,
        coalesce(_fivetran_deleted, false) as is_deleted,
        property_hs_timestamp as due_at,
        property_hs_task_completion_date as completed_at,
        property_hs_createdate as created_at
    from landed

)

select * from engagement_tasks
