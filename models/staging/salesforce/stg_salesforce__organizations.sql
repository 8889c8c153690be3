-- One row per Salesforce organisation (one, where it is landed).

with

landed as (

    select * from {{ source('salesforce', 'organization') }}
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

organizations as (

    select
        {{ salesforce_id_18('id') }} as organization_id,
        nullif(trim(instance_name), '') as instance_name,
        coalesce(is_sandbox, false) as is_sandbox
    from landed

)

select * from organizations
