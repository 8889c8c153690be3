-- One row per superseded version of a HubSpot user.

with

landed as (

    select * from {{ source('hubspot_history', 'users') }}

),

user_versions as (

    select
        {{ hubspot_user_id('user', 'id') }} as user_id,
        nullif(trim(primary_team_id), '') as primary_team_id,
        _load_id as load_id
    from landed

)

select * from user_versions
