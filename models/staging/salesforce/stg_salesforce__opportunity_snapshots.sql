-- One row per snapshot of an opportunity, taken when its stage or amount changes.

with

landed as (

    select * from {{ source('salesforce', 'opportunity_history') }}

),

opportunity_snapshots as (

    select
        {{ salesforce_id('deal', 'opportunity_id') }} as deal_id,
        {{ salesforce_id_18('id') }} as change_id,
        nullif(trim(stage_name), '') as deal_stage_value,
        {{ salesforce_user_id('created_by_id') }} as changed_by_id,
        coalesce(is_deleted, false) as is_deleted,
        created_date as changed_at
    from landed

)

select * from opportunity_snapshots
