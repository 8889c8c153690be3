-- One row per HubSpot owner and team.

with

landed as (

    select * from {{ source('hubspot', 'owner_team') }}

),

owner_teams as (

    select
        {{ hubspot_id('owner', 'owner_id') }} as owner_id,
        nullif(trim(team_id), '') as team_id,
        coalesce(is_team_primary, false) as is_primary,
        _load_id as load_id
    from landed

)

select * from owner_teams
