-- One row per Salesforce record type.

with

landed as (

    select * from {{ source('salesforce', 'record_type') }}
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

record_types as (

    select
        {{ salesforce_id_18('id') }} as record_type_id,
        nullif(trim(sobject_type), '') as object_name,
        nullif(trim(name), '') as record_type_name,
        nullif(trim(developer_name), '') as record_type_code
    from landed

)

select * from record_types
