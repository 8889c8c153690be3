-- One row per entry of a HubSpot deal to a stage.

with

landed as (

    select * from {{ source('hubspot', 'deal_stage') }}

),

deal_stage_entries as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as deal_id,
        value as new_value,
        source as change_source,
        source_id as change_source_id,
        date_entered as changed_at
    from landed

)

select * from deal_stage_entries
