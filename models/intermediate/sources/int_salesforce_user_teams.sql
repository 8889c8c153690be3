-- One row per Salesforce user, team and load that showed it. The role is the team.

with

users as (

    select * from {{ ref('stg_salesforce__users') }}

),

user_versions as (

    select * from {{ ref('stg_salesforce__user_versions') }}

),

user_roles as (

    select * from {{ ref('stg_salesforce__user_roles') }}

),

queues as (

    select * from {{ ref('stg_salesforce__groups') }}

),

seen as (

    select
        user_id,
        role_id,
        load_id,
        1 as hint_rank
    from users
    union all
    select
        user_id,
        role_id,
        load_id,
        2 as hint_rank
    from user_versions

),

user_teams as (

    select
        seen.user_id,
        coalesce(user_roles.role_name, seen.role_id) as source_team,
        seen.load_id,
        seen.hint_rank
    from seen
    left join user_roles on seen.role_id = user_roles.role_id
    where seen.role_id is not null
    union all
    select
        user_id,
        group_name as source_team,
        load_id,
        1 as hint_rank
    from queues

)

select * from user_teams
