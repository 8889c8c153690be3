-- One row per Salesforce user or queue.

with

users as (

    select * from {{ ref('stg_salesforce__users') }}

),

queues as (

    select * from {{ ref('stg_salesforce__groups') }}

),

named as (

    select
        user_id,
        'salesforce' as source_system,
        full_name,
        email,
        -- Salesforce's own users for what it does by itself
        coalesce(user_type in ('AutomatedProcess', 'CloudIntegrationUser'), false)
            as is_automation,
        is_active
    from users
    union all
    select
        user_id,
        'salesforce' as source_system,
        group_name as full_name,
        email,
        false as is_automation,
        true as is_active
    from queues

)

select * from named
