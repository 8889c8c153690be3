-- One row per HubSpot owner and team.

with

landed as (

    select * from {{ source('hubspot', 'owner_team') }}

),

owner_teams as (

    select
        {{ hubspot_user_id('owner', 'owner_id') }} as owner_id,
        nullif(trim(team_id), '') as team_id,
        coalesce(is_team_primary, false) as is_primary,
        _load_id as load_id
    from landed
    -- one name may be written in several ways
    qualify
        row_number() over (
            partition by owner_id, team_id
            order by is_primary desc, load_id asc
        ) = 1

)

select * from owner_teams
