-- One row per Salesforce opportunity stage.

with

landed as (

    select * from {{ source('salesforce', 'opportunity_stage') }}
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
