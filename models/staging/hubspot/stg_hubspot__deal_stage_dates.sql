-- One row per HubSpot deal and stage, with when the deal entered it last.

with

landed as (

    select * from {{ source('hubspot', 'deal_stage_date') }}

),

deal_stage_dates as (

    select
        {{ hubspot_id('deal', 'deal_id') }} as deal_id,
        trim(stage_id) as stage_value,
        date_entered as entered_at
    from landed
    where date_entered is not null

)

select * from deal_stage_dates
