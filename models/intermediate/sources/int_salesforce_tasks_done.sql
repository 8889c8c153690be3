-- One row per Salesforce task that was done, with the kind of activity it was.
{{ config(materialized='view') }} -- read once

with

tasks as (

    select * from {{ ref('stg_salesforce__tasks') }}

),

-- The subtype is Salesforce's own and the type the organisation's; a logged call or
-- e-mail has a day only. A call among colleagues is no call to the person.
done as (

    select
        activity_id,
        record_id,
        deal_id,
        case
            when lower(call_type) = 'internal' then 'task'
            when lower(coalesce(task_subtype, 'task')) <> 'task'
                then lower(task_subtype)
            else lower(coalesce(task_type, 'task'))
        end as activity_type,
        case when lower(call_type) = 'inbound' then 'inbound' else 'outbound' end
            as direction,
        outcome as asset,
        coalesce(owner_id, created_by_id) as actor_id,
        coalesce(completed_at, greatest(due_at, created_at), created_at) as occurred_at
    from tasks
    where
        not is_deleted
        and coalesce(
            is_closed, lower(task_status) = 'completed', completed_at is not null
        )

)

select * from done
