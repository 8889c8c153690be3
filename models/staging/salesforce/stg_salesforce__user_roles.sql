-- One row per Salesforce role of users.

with

landed as (

    select * from {{ source('salesforce', 'user_role') }}
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

user_roles as (

    select
        {{ salesforce_id_18('id') }} as role_id,
        nullif(trim(name), '') as role_name
    from landed

)

select * from user_roles
