-- One row per Salesforce user, with what a change made under its name is called.
-- Salesforce does not say what wrote a value, only under whose name: the policy's
-- change_sources name the users of a sync or a job, by their name, login or id.

with

users as (

    select * from {{ ref('stg_salesforce__users') }}

),

change_sources as (

    select * from {{ ref('change_sources') }}
    where source_system = 'salesforce'

),

named as (

    select
        users.user_id,
        min(change_sources.change_source) as change_source
    from users
    inner join change_sources
        on lower(trim(change_sources.change_source)) in (
            lower(users.full_name),
            lower(users.username),
            lower(split_part(users.user_id, ':', 3))
        )
    group by users.user_id

),

actors as (

    select
        users.user_id,
        coalesce(named.change_source, users.user_type) as change_source
    from users
    left join named on users.user_id = named.user_id

)

select * from actors
