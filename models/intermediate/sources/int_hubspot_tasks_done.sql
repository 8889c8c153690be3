-- One row per HubSpot task that was done, in the columns that all engagements share.

with

tasks as (

    select * from {{ ref('stg_hubspot__engagement_tasks') }}

),

-- A task still to be done is a plan; one without a landed status counts as done.
done as (

    select
        engagement_id,
        owner_id,
        created_by_user_id,
        cast(null as varchar) as direction_value,
        task_type as outcome,
        is_deleted,
        coalesce(completed_at, due_at, created_at) as occurred_at,
        created_at
    from tasks
    where coalesce(upper(task_status), 'COMPLETED') = 'COMPLETED'

)

select * from done
