-- One row per Salesforce task, calendar event or campaign response of a person or deal.

with

tasks as (

    select * from {{ ref('int_salesforce_tasks_done') }}

),

meetings as (

    select * from {{ ref('int_salesforce_meetings') }}

),

responses as (

    select * from {{ ref('int_salesforce_responses') }}

),

unioned as (

    select
        *,
        cast(null as varchar) as campaign_id
    from tasks
    union all
    select
        *,
        cast(null as varchar) as campaign_id
    from meetings
    union all
    select
        activity_id,
        record_id,
        deal_id,
        activity_type,
        direction,
        asset,
        actor_id,
        occurred_at,
        campaign_id
    from responses

),

activities as (

    select * from unioned
    where record_id is not null or deal_id is not null

)

select * from activities
