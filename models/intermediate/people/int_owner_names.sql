-- One row per user or owner whom a source names, with name and address.

with

users as (

    select * from {{ ref('int_users_unioned') }}

),

held as (

    select * from {{ ref('int_record_concepts') }}
    where owner_name is not null

),

changes as (

    select * from {{ ref('int_changes_by_concept') }}
    where owner_name is not null

),

told as (

    select
        value as owner_id,
        owner_name,
        true as is_today
    from held
    union
    select
        new_value as owner_id,
        owner_name,
        false as is_today
    from changes

),

-- An owner without an id is known by the name that records bear, and deactivated where
-- the CRM writes so behind it.
described as (

    select
        owner_id,
        min_by(owner_name, case when is_today then '1' else '2' end || owner_name)
            as owner_name,
        max(
            case
                when
                    is_today
                    and regexp_extract(
                        lower(owner_name),
                        '[(].*(deactiv|deaktiv|désactiv|desactiv|disattiv)', 0
                    ) <> ''
                    then 1
                else 0
            end
        ) = 1 as is_deactivated
    from told
    group by owner_id

),

named as (

    select
        coalesce(users.user_id, described.owner_id) as owner_id,
        coalesce(users.full_name, described.owner_name) as owner_name,
        users.email,
        coalesce(users.is_active, true)
        and not coalesce(described.is_deactivated, false) as is_active
    from users
    full outer join described on users.user_id = described.owner_id

)

select * from named
