-- One row per user and moment at which a load showed the user's main team.

with

hubspot_owner_teams as (

    select * from {{ ref('int_hubspot_owner_teams') }}

),

hubspot_teams as (

    select * from {{ ref('stg_hubspot__teams') }}

),

salesforce_user_teams as (

    select * from {{ ref('int_salesforce_user_teams') }}

),

open_users as (

    select * from {{ ref('stg_open__users') }}

),

open_user_versions as (

    select * from {{ ref('stg_open__user_versions') }}

),

loads as (

    select * from {{ ref('stg_meta__loads') }}

),

unioned as (

    select
        'hubspot' as source_system,
        hubspot_owner_teams.user_id,
        coalesce(hubspot_teams.team_name, hubspot_owner_teams.team_id) as source_team,
        hubspot_owner_teams.load_id,
        hubspot_owner_teams.hint_rank
    from hubspot_owner_teams
    left join hubspot_teams on hubspot_owner_teams.team_id = hubspot_teams.team_id
    union all
    select
        'salesforce' as source_system,
        user_id,
        source_team,
        load_id,
        hint_rank
    from salesforce_user_teams
    union all
    select
        source_system,
        user_id,
        source_team,
        load_id,
        1 as hint_rank
    from open_users
    union all
    select
        source_system,
        user_id,
        source_team,
        load_id,
        2 as hint_rank
    from open_user_versions

),

seen as (

    select
        unioned.source_system,
        unioned.user_id,
        unioned.source_team,
        loads.extracted_at as observed_at
    from unioned
    inner join loads on unioned.load_id = loads.load_id
    where unioned.source_team is not null
    qualify
        row_number() over (
            partition by unioned.user_id, loads.extracted_at
            order by unioned.hint_rank, unioned.source_team
        ) = 1

)

select * from seen
