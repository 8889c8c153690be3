-- One row per id made of a name or an address that stands for one known user.

with

hubspot_users as (

    select * from {{ ref('int_hubspot_users') }}

),

salesforce_users as (

    select * from {{ ref('int_salesforce_users') }}

),

open_users as (

    select * from {{ ref('stg_open__users') }}

),

-- A name is an owner's in owner fields, and a user's where changes are told.
known as (

    select
        'hubspot:owner:' as prefix,
        user_id,
        full_name,
        email
    from hubspot_users
    union all
    select
        'hubspot:user:' as prefix,
        user_id,
        full_name,
        email
    from hubspot_users
    union all
    select
        'salesforce:user:' as prefix,
        user_id,
        full_name,
        email
    from salesforce_users
    union all
    select
        source_system || ':user:' as prefix,
        user_id,
        full_name,
        email
    from open_users

),

named as (

    select
        prefix || {{ named_user_key('full_name', is_number=true) }} as named_id,
        user_id
    from known
    union
    select
        prefix || {{ named_user_key('email', is_number=true) }} as named_id,
        user_id
    from known

),

-- Who is known by an id, too, goes before who is known by name alone.
ranked as (

    select
        named_id,
        user_id,
        case when user_id like '%:named-%' then 2 else 1 end as user_rank,
        min(case when user_id like '%:named-%' then 2 else 1 end) over (
            partition by named_id
        ) as best_rank
    from named
    where named_id is not null

),

-- A name that two users share tells neither.
user_names as (

    select
        named_id,
        min(user_id) as user_id
    from ranked
    where user_rank = best_rank
    group by named_id
    having count(*) = 1

)

select * from user_names
where named_id <> user_id
