-- One row per HubSpot user, with the owner it acts as.

with

users as (

    select * from {{ ref('stg_hubspot__users') }}

),

owners as (

    select * from {{ ref('stg_hubspot__owners') }}

),

user_owners as (

    select
        user_id,
        min_by(owner_id, case when is_active then '0' else '1' end || owner_id)
            as owner_id
    from owners
    where user_id is not null
    group by user_id

),

actors as (

    select
        coalesce(user_owners.user_id, users.user_id) as user_id,
        coalesce(user_owners.owner_id, users.user_id) as actor_id
    from user_owners
    full outer join users on user_owners.user_id = users.user_id

)

select * from actors
