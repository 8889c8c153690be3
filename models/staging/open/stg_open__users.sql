-- One row per user of an open-format source.

with

landed as (

    select * from {{ source('open', 'users') }}

),

users as (

    select
        source_system,
        {{ open_user_id('user_id') }} as user_id,
        nullif(trim(full_name), '') as full_name,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(team), '') as source_team,
        coalesce(is_active, true) as is_active,
        _load_id as load_id
    from landed

)

select * from users
