-- One row per Salesforce organisation (one, where it is landed).

with

landed as (

    select * from {{ source('salesforce', 'organization') }}
    qualify {{ is_newest_salesforce_row() }}

),

organizations as (

    select
        {{ salesforce_id_18('id') }} as organization_id,
        nullif(trim(instance_name), '') as instance_name,
        coalesce(is_sandbox, false) as is_sandbox
    from landed

)

select * from organizations
