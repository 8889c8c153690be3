-- One row per HubSpot owner, and per HubSpot user who is no owner.

with

owners as (

    select * from {{ ref('stg_hubspot__owners') }}

),

users as (

    select * from {{ ref('stg_hubspot__users') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

unioned as (

    select
        owner_id as user_id,
        first_name,
        last_name,
        email,
        is_active
    from owners
    union all
    select
        users.user_id,
        users.first_name,
        users.last_name,
        users.email,
        users.is_active
    from users
    inner join actors
        on users.user_id = actors.user_id and users.user_id = actors.actor_id

),

named as (

    select
        user_id,
        'hubspot' as source_system,
        nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')
            as full_name,
        email,
        is_active
    from unioned

)

select * from named
