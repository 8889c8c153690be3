-- One row per record or deal and stage for which a mapped date field, or HubSpot's own
-- list of the stage dates of deals, says when it was entered.

with

concepts as (

    select * from {{ ref('int_record_concepts') }}
    where concept = 'stage_date'

),

deal_stage_dates as (

    select * from {{ ref('stg_hubspot__deal_stage_dates') }}

),

-- A date field that is mapped goes before the list.
unmapped_dates as (

    select deal_stage_dates.*
    from deal_stage_dates
    left join concepts
        on
            deal_stage_dates.deal_id = concepts.record_id
            and deal_stage_dates.stage_value = concepts.applies_to
    where concepts.record_id is null

),

written as (

    select
        source_system,
        object_type,
        record_id,
        source_field,
        applies_to as stage_value,
        value
    from concepts

    union all

    select
        'hubspot' as source_system,
        'deal' as object_type,
        deal_id as record_id,
        'hs_v2_date_entered_' || lower(stage_value) as source_field,
        stage_value,
        cast(entered_at as varchar) as value
    from unmapped_dates

)

select * from written
