-- One row per superseded version of a Salesforce lead and field that is not empty.

with

landed as (

    select * from {{ source('salesforce_history_fields', 'lead_fields') }}

),

lead_field_versions as (

    select
        {{ salesforce_id(object_type='lead', column='id') }} as record_id,
        {{ field_key('field') }} as source_field,
        value,
        _load_id as load_id,
        _seen_at as seen_at,
        _modified_at as modified_at
    from landed

)

select * from lead_field_versions
