-- One row per Salesforce record type.

with

landed as (

    select * from {{ source('salesforce', 'record_type') }}
    qualify {{ is_newest_salesforce_row() }}

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
