-- One row per Salesforce role of users.

with

landed as (

    select * from {{ source('salesforce', 'user_role') }}
    qualify {{ is_newest_salesforce_row() }}

),

user_roles as (

    select
        {{ salesforce_id_18('id') }} as role_id,
        nullif(trim(name), '') as role_name
    from landed

)

select * from user_roles
