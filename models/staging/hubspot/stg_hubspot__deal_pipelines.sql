-- One row per HubSpot deal pipeline.

with

landed as (

    select * from {{ source('hubspot', 'deal_pipeline') }}

),

deal_pipelines as (

    select
        nullif(trim(pipeline_id), '') as pipeline,
        nullif(trim(label), '') as label,
        display_order,
        coalesce(active, true) as is_active,
        coalesce(_fivetran_deleted, false) as is_deleted,
        created_at,
        updated_at
    from landed

)

select * from deal_pipelines
