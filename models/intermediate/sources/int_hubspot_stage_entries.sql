-- One row per entry of a HubSpot deal to a stage.

with

entries as (

    select * from {{ ref('stg_hubspot__deal_stage_entries') }}

),

deal_changes as (

    select * from {{ ref('stg_hubspot__deal_changes') }}

),

deals_with_entries as (

    select deal_id from entries
    group by deal_id

),

-- Two tables tell one story: the property history speaks where the other is silent.
stage_entries as (

    select
        deal_id,
        new_value,
        change_source,
        change_source_id,
        cast(null as varchar) as changed_by_user_id,
        changed_at
    from entries

    union all

    select
        deal_changes.deal_id,
        deal_changes.new_value,
        deal_changes.change_source,
        deal_changes.change_source_id,
        deal_changes.changed_by_user_id,
        deal_changes.changed_at
    from deal_changes
    left join deals_with_entries on deal_changes.deal_id = deals_with_entries.deal_id
    where
        deal_changes.source_field = 'dealstage'
        and deals_with_entries.deal_id is null

)

select * from stage_entries
