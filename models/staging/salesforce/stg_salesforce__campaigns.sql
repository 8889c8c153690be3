-- One row per Salesforce campaign, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'campaign') }}
    -- an id of 15 characters and the same in 18 are one row: the newest version
    qualify
        row_number() over (
            partition by {{ salesforce_id_18('id') }}
            order by
                system_modstamp desc nulls last,
                _loaded_at desc nulls last,
                id desc
        ) = 1

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
