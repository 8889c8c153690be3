-- One row per Salesforce user.

with

landed as (

    select * from {{ source('salesforce', 'user') }}
    -- an id of 15 characters and the same in 18 are one row: the newest version
    qualify
        row_number() over (
            partition by {{ salesforce_id_18('id') }}
            order by
                system_modstamp desc nulls last,
                _loaded_at desc nulls last,
                id desc
        ) = 1

),

users as (

    select
        {{ salesforce_id('user', 'id') }} as user_id,
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
