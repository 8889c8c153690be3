-- One row per superseded version of a HubSpot team and user.

with

landed as (

    select * from {{ source('hubspot_history', 'team_user') }}

),

team_user_versions as (

    select
        {{ hubspot_user_id('user', 'user_id') }} as user_id,
        nullif(trim(team_id), '') as team_id,
        not coalesce(is_secondary_user, false) as is_primary,
        _load_id as load_id
    from landed

)

select * from team_user_versions
