-- One row per HubSpot team and user.

with

landed as (

    select * from {{ source('hubspot', 'team_user') }}

),

team_users as (

    select
        {{ hubspot_user_id('user', 'user_id') }} as user_id,
        nullif(trim(team_id), '') as team_id,
        not coalesce(is_secondary_user, false) as is_primary,
        _load_id as load_id
    from landed

)

select * from team_users
