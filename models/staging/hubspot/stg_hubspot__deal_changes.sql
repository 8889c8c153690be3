-- One row per value written to a HubSpot deal property.

with

landed as (

    select * from {{ source('hubspot', 'deal_property_history') }}

),

deal_changes as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as deal_id,
        trim(name) as source_field,
        value as new_value,
        source as change_source,
        source_id as change_source_id,
        {{ hubspot_user_id('user', 'updated_by_user_id') }} as changed_by_user_id,
        timestamp as changed_at
    from landed

)

select * from deal_changes
