-- One row per superseded version of a HubSpot company and field that is not empty.

with

landed as (

    select * from {{ source('hubspot_history_fields', 'company_fields') }}

),

company_field_versions as (

    select
        {{ hubspot_id('company', 'id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value,
        _load_id as load_id,
        _seen_at as seen_at,
        _modified_at as modified_at
    from landed

)

select * from company_field_versions
