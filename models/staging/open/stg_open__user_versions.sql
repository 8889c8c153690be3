-- One row per superseded version of a user of an open-format source.

with

landed as (

    select * from {{ source('open_history', 'users_history') }}

),

user_versions as (

    select
        source_system,
        {{ open_user_id('user_id') }} as user_id,
        nullif(trim(team), '') as source_team,
        _load_id as load_id
    from landed

)

select * from user_versions
