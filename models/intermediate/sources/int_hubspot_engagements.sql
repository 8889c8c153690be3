-- One row per HubSpot engagement that took place, deleted ones left out.

with

calls as (

    select * from {{ ref('stg_hubspot__engagement_calls') }}

),

communications as (

    select * from {{ ref('stg_hubspot__engagement_communications') }}

),

emails as (

    select * from {{ ref('stg_hubspot__engagement_emails') }}

),

meetings as (

    select * from {{ ref('stg_hubspot__engagement_meetings') }}

),

notes as (

    select * from {{ ref('stg_hubspot__engagement_notes') }}

),

tasks as (

    select * from {{ ref('int_hubspot_tasks_done') }}

),

unioned as (

    select
        'call' as activity_type,
        *
    from calls
    union all
    select
        'communication' as activity_type,
        *
    from communications
    union all
    select
        'email' as activity_type,
        *
    from emails
    union all
    select
        'meeting' as activity_type,
        *
    from meetings
    union all
    select
        'note' as activity_type,
        *
    from notes
    union all
    select
        'task' as activity_type,
        *
    from tasks

),

engagements as (

    select
        engagement_id,
        activity_type,
        case
            when lower(direction_value) like 'in%' then 'inbound'
            else 'outbound'
        end as direction,
        outcome,
        owner_id,
        created_by_user_id,
        occurred_at
    from unioned
    where not is_deleted

)

select * from engagements
