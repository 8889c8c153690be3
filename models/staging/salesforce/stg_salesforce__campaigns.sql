-- One row per Salesforce campaign, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'campaign') }}
    qualify {{ is_newest_salesforce_row() }}

),

campaigns as (

    select
        {{ salesforce_id('campaign', 'id') }} as campaign_id,
        {{ salesforce_id('campaign', 'parent_id') }} as parent_campaign_id,
        nullif(trim(name), '') as campaign_name,
        nullif(trim(type), '') as campaign_type,
        nullif(trim(status), '') as campaign_status,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        cast(start_date as date) as starts_on,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from campaigns
