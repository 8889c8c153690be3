-- One row per Salesforce queue or public group.

with

landed as (

    select * from {{ source('salesforce', 'group') }}
    qualify {{ is_newest_salesforce_row() }}

),

groups as (

    select
        {{ salesforce_user_id('id') }} as user_id,
        nullif(trim(name), '') as group_name,
        nullif(trim(type), '') as group_type,
        nullif(lower(trim(email)), '') as email,
        _load_id as load_id
    from landed

)

select * from groups
