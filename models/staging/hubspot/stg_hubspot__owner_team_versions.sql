-- One row per superseded version of a HubSpot owner and team.

with

landed as (

    select * from {{ source('hubspot_history', 'owner_team') }}

),

owner_team_versions as (

    select
        {{ hubspot_user_id('owner', 'owner_id') }} as owner_id,
        nullif(trim(team_id), '') as team_id,
        coalesce(is_team_primary, false) as is_primary,
        _load_id as load_id
    from landed

)

select * from owner_team_versions
