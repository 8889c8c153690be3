-- One row per Salesforce campaign and lead or contact, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'campaign_member') }}
    qualify {{ is_newest_salesforce_row() }}

),

campaign_members as (

    select
        {{ salesforce_id('activity', 'id') }} as activity_id,
        {{ salesforce_id('campaign', 'campaign_id') }} as campaign_id,
        {{ salesforce_id('lead', 'lead_id') }} as lead_record_id,
        {{ salesforce_id('contact', 'contact_id') }} as contact_record_id,
        {{ salesforce_person_id('lead_or_contact_id') }} as record_id,
        nullif(trim(status), '') as member_status,
        coalesce(has_responded, false) as has_responded,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        cast(first_responded_date as date) as first_responded_on,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from campaign_members
