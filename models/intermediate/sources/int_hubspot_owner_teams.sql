-- One row per HubSpot owner or user, team, load and kind of hint.

with

owner_teams as (

    select
        owner_id,
        team_id,
        is_primary,
        load_id
    from {{ ref('stg_hubspot__owner_teams') }}
    union all
    select
        owner_id,
        team_id,
        is_primary,
        load_id
    from {{ ref('stg_hubspot__owner_team_versions') }}

),

users as (

    select
        user_id,
        primary_team_id,
        load_id
    from {{ ref('stg_hubspot__users') }}
    union all
    select
        user_id,
        primary_team_id,
        load_id
    from {{ ref('stg_hubspot__user_versions') }}

),

actors as (

    select * from {{ ref('int_hubspot_actors') }}

),

unioned as (

    select
        actors.actor_id as user_id,
        users.primary_team_id as team_id,
        users.load_id,
        1 as hint_rank
    from users
    inner join actors on users.user_id = actors.user_id
    where users.primary_team_id is not null
    union all
    select
        owner_id as user_id,
        team_id,
        load_id,
        case when is_primary then 2 else 3 end as hint_rank
    from owner_teams

),

-- Versions of one load may agree: they are one observation.
owner_teams_seen as (

    select distinct
        user_id,
        team_id,
        load_id,
        hint_rank
    from unioned

)

select * from owner_teams_seen
