-- One row per owner: every user of a source, and every owner id that no user explains.

with

users as (

    select * from {{ ref('int_users_unioned') }}

),

owner_names as (

    select * from {{ ref('int_owner_names') }}

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

-- Where a source's users have landed, an id that is none of theirs is somebody gone.
listed as (

    select
        source_system,
        count(*) as user_count
    from users
    where user_id not like '%:named-%'
    group by source_system

),

owners as (

    select
        named.owner_id,
        users.team,
        coalesce(owner_names.is_active, listed.user_count is null) as is_active
    from named
    left join users
        on named.owner_id = users.user_id
    left join owner_names
        on named.owner_id = owner_names.owner_id
    left join listed
        on split_part(named.owner_id, ':', 1) = listed.source_system
    where named.owner_id is not null

)

select * from owners
