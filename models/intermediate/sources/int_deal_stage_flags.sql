-- One row per deal stage of a CRM that says of its stages whether they are closed.

with

hubspot_stages as (

    select * from {{ ref('stg_hubspot__deal_pipeline_stages') }}

),

salesforce_stages as (

    select * from {{ ref('stg_salesforce__opportunity_stages') }}

),

-- Salesforce's stages are those of every pipeline; of two of one name, the one in use.
flags as (

    select
        'hubspot' as source_system,
        pipeline,
        deal_stage_value,
        is_closed,
        is_closed and win_probability_rate = 1 as is_won
    from hubspot_stages
    union all
    select
        'salesforce' as source_system,
        'any' as pipeline,
        deal_stage_value,
        is_closed,
        is_won
    from salesforce_stages
    qualify
        row_number() over (
            partition by deal_stage_value
            order by is_active desc, opportunity_stage_id asc
        ) = 1

)

select * from flags
