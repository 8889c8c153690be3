-- One row per Salesforce opportunity and contact in a role, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'opportunity_contact_role') }}
    qualify {{ is_newest_salesforce_row() }}

),

opportunity_contact_roles as (

    select
        {{ salesforce_id_18('id') }} as contact_role_id,
        {{ salesforce_id('deal', 'opportunity_id') }} as deal_id,
        {{ salesforce_id('contact', 'contact_id') }} as record_id,
        nullif(trim(role), '') as contact_role,
        coalesce(is_primary, false) as is_primary,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from opportunity_contact_roles
