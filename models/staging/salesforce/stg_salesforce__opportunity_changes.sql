-- One row per value written to a tracked field of a Salesforce opportunity.

with

landed as (

    select * from {{ source('salesforce', 'opportunity_field_history') }}

),

opportunity_changes as (

    select
        {{ salesforce_id('deal', 'opportunity_id') }} as deal_id,
        {{ salesforce_id_18('id') }} as change_id,
        nullif(trim(field), '') as source_field,
        nullif(trim(data_type), '') as data_type,
        old_value,
        new_value,
        {{ salesforce_user_id('created_by_id') }} as changed_by_id,
        coalesce(is_deleted, false) as is_deleted,
        created_date as changed_at
    from landed

)

select * from opportunity_changes
