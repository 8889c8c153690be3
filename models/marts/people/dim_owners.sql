-- One row per owner: every user of a source, and every owner id that no user explains.

with

users as (

    select * from {{ ref('int_users_unioned') }}

),

owner_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'owner'

),

people as (

    select * from {{ ref('int_people') }}

),

deals as (

    select * from {{ ref('int_deals') }}

),

named as (

    select mapped_value as owner_id from owner_visits
    union
    select owner_id from people
    union
    select owner_id from deals
    union
    select user_id from users

),

owners as (

    select
        named.owner_id,
        users.team,
        coalesce(users.is_active, false) as is_active
    from named
    left join users
        on named.owner_id = users.user_id
    where named.owner_id is not null

)

select * from owners
