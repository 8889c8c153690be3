-- One row per HubSpot user.

with

landed as (

    select * from {{ source('hubspot', 'users') }}

),

users as (

    select
        {{ hubspot_user_id('user', 'id') }} as user_id,
        nullif(trim(primary_team_id), '') as primary_team_id,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(first_name), '') as first_name,
        nullif(trim(last_name), '') as last_name,
        not coalesce(_fivetran_deleted, false) as is_active,
        _load_id as load_id
    from landed

)

select * from users
