-- One row per stage of a HubSpot deal pipeline.

with

landed as (

    select * from {{ source('hubspot', 'deal_pipeline_stage') }}

),

deal_pipeline_stages as (

    select
        nullif(trim(pipeline_id), '') as pipeline,
        nullif(trim(stage_id), '') as deal_stage_value,
        nullif(trim(label), '') as label,
        display_order,
        probability as win_probability_rate,
        coalesce(is_closed, closed_won) as is_closed,
        coalesce(active, true) as is_active,
        coalesce(_fivetran_deleted, false) as is_deleted,
        created_at,
        updated_at
    from landed

)

select * from deal_pipeline_stages
