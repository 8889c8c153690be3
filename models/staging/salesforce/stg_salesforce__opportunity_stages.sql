-- One row per Salesforce opportunity stage.

with

landed as (

    select * from {{ source('salesforce', 'opportunity_stage') }}
    qualify {{ is_newest_salesforce_row() }}

),

opportunity_stages as (

    select
        {{ salesforce_id_18('id') }} as opportunity_stage_id,
        coalesce(nullif(trim(api_name), ''), nullif(trim(master_label), ''))
            as deal_stage_value,
        nullif(trim(master_label), '') as label,
        nullif(trim(forecast_category_name), '') as forecast_category,
        sort_order,
        coalesce(is_active, true) as is_active,
        is_closed,
        is_won
    from landed

)

select * from opportunity_stages
