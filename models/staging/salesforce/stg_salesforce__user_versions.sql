-- One row per superseded version of a Salesforce user.

with

landed as (

    select * from {{ source('salesforce_history', 'user') }}

),

user_versions as (

    select
        {{ salesforce_user_id('id') }} as user_id,
        {{ salesforce_id_18('user_role_id') }} as role_id,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from user_versions
