-- One row per user or owner of a source system, by the id that fields resolve to.

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

salesforce_actors as (

    select * from {{ ref('int_salesforce_actors') }}

),

change_sources as (

    select * from {{ ref('change_sources') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

user_teams as (

    select * from {{ ref('int_user_teams') }}

),

unioned as (

    select
        user_id,
        source_system,
        full_name,
        email,
        false as is_automation,
        is_active
    from hubspot_users
    union all
    select
        user_id,
        source_system,
        full_name,
        email,
        is_automation,
        is_active
    from salesforce_users
    union all
    select
        user_id,
        source_system,
        full_name,
        email,
        false as is_automation,
        is_active
    from open_users

),

last_teams as (

    select
        user_teams.user_id,
        max_by(user_teams.source_team, user_teams.observed_from) as source_team,
        max_by(user_teams.team, user_teams.observed_from) as team
    from user_teams
    inner join build on user_teams.valid_from <= build.as_of
    group by user_teams.user_id

),

-- What is written under the name of a sync or a job is its work, creations included.
jobs as (

    select
        salesforce_actors.user_id,
        coalesce(own.actor_kind, anyone.actor_kind) as user_kind
    from salesforce_actors
    left join change_sources as own
        on
            own.source_system = 'salesforce'
            and lower(salesforce_actors.change_source) = lower(own.change_source)
    left join change_sources as anyone
        on
            anyone.source_system = 'any'
            and lower(salesforce_actors.change_source) = lower(anyone.change_source)
    where coalesce(own.actor_kind, anyone.actor_kind) <> 'human'

),

users as (

    select
        unioned.user_id,
        unioned.source_system,
        unioned.full_name,
        unioned.email,
        last_teams.source_team,
        last_teams.team,
        case
            when jobs.user_id is not null then jobs.user_kind
            when unioned.is_automation or last_teams.team = 'automation'
                then 'automation'
            else 'human'
        end as user_kind,
        unioned.is_active
    from unioned
    left join last_teams on unioned.user_id = last_teams.user_id
    left join jobs on unioned.user_id = jobs.user_id

)

select * from users
