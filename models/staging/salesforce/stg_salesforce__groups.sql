-- One row per Salesforce queue or public group.

with

landed as (

    select * from {{ source('salesforce', 'group') }}
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

groups as (

    select
        {{ salesforce_id('user', 'id') }} as user_id,
        nullif(trim(name), '') as group_name,
        nullif(trim(type), '') as group_type,
        nullif(lower(trim(email)), '') as email,
        _load_id as load_id
    from landed

)

select * from groups
