-- One row per value written to a HubSpot company property.

with

landed as (

    select * from {{ source('hubspot', 'company_property_history') }}

),

company_changes as (

    select
        {{ hubspot_id('company', 'company_id') }} as record_id,
        trim(name) as source_field,
        value as new_value,
        source as change_source,
        source_id as change_source_id,
        {{ hubspot_user_id('user', 'updated_by_user_id') }} as changed_by_user_id,
        timestamp as changed_at
    from landed

)

select * from company_changes
