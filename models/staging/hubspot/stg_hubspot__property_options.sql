-- One row per option of a HubSpot property.

with

landed as (

    select * from {{ source('hubspot', 'property_option') }}

),

property_options as (

    select
        nullif(trim(hubspot_object), '') as object_type,
        nullif(trim(name), '') as source_field,
        value as option_value,
        nullif(trim(label), '') as label,
        display_order,
        coalesce(hidden, false) as is_hidden
    from landed

)

select * from property_options
