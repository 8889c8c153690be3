-- One row per Salesforce task that was done and lead or contact it was with, with the
-- kind of activity it was.

with

tasks as (

    select * from {{ ref('stg_salesforce__tasks') }}

),

people as (

    select * from {{ ref('int_salesforce_activity_people') }}

),

-- The subtype is Salesforce's own and the type the organisation's; a logged call or
-- e-mail has a day only. A call among colleagues is no call to the person.
done as (

    select
        tasks.activity_id,
        people.record_id,
        tasks.deal_id,
        case
            when lower(tasks.call_type) = 'internal' then 'task'
            when lower(coalesce(tasks.task_subtype, 'task')) <> 'task'
                then lower(tasks.task_subtype)
            else lower(coalesce(tasks.task_type, 'task'))
        end as activity_type,
        case when lower(tasks.call_type) = 'inbound' then 'inbound' else 'outbound' end
            as direction,
        tasks.outcome as asset,
        coalesce(tasks.owner_id, tasks.created_by_id) as actor_id,
        coalesce(
            tasks.completed_at,
            greatest(tasks.due_at, tasks.created_at),
            tasks.created_at
        ) as occurred_at
    from tasks
    left join people on tasks.activity_id = people.activity_id
    where
        not tasks.is_deleted
        and coalesce(
            tasks.is_closed,
            lower(tasks.task_status) = 'completed',
            tasks.completed_at is not null
        )

)

select * from done
