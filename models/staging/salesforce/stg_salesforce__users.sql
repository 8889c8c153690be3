-- One row per Salesforce user.

with

landed as (

    select * from {{ source('salesforce', 'user') }}
    qualify {{ is_newest_salesforce_row() }}

),

users as (

    select
        {{ salesforce_user_id('id') }} as user_id,
        {{ salesforce_id_18('user_role_id') }} as role_id,
        nullif(trim(name), '') as full_name,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(username), '') as username,
        nullif(trim(user_type), '') as user_type,
        coalesce(is_active, true) and not coalesce(_fivetran_deleted, false)
            as is_active,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from users
