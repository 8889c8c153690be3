-- One row per Salesforce task or calendar event and lead or contact that it is with.

with

tasks as (

    select * from {{ ref('stg_salesforce__tasks') }}

),

events as (

    select * from {{ ref('stg_salesforce__events') }}

),

task_relations as (

    select * from {{ ref('stg_salesforce__task_relations') }}

),

event_relations as (

    select * from {{ ref('stg_salesforce__event_relations') }}

),

-- The plain union drops repetitions: who is named is among those who share, too.
named as (

    select
        activity_id,
        record_id
    from tasks
    union
    select
        activity_id,
        record_id
    from events
    union
    select
        activity_id,
        record_id
    from task_relations
    where not is_what and not is_deleted
    union
    select
        activity_id,
        record_id
    from event_relations
    where not is_what and not is_deleted

),

declined as (

    select
        activity_id,
        record_id
    from event_relations
    where lower(invitation_status) = 'declined' and not is_deleted

),

people as (

    select
        named.activity_id,
        named.record_id
    from named
    left join declined
        on
            named.activity_id = declined.activity_id
            and named.record_id = declined.record_id
    where named.record_id is not null and declined.activity_id is null

)

select * from people
