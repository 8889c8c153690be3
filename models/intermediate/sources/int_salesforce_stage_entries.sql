-- One row per entry of a Salesforce opportunity to a stage that no field history tells.

with

snapshots as (

    select * from {{ ref('stg_salesforce__opportunity_snapshots') }}
    where not is_deleted

),

opportunity_changes as (

    select * from {{ ref('stg_salesforce__opportunity_changes') }}

),

tracked as (

    select
        deal_id,
        min(changed_at) as tracked_from
    from opportunity_changes
    where source_field = 'StageName' and not is_deleted
    group by deal_id

),

-- A snapshot is also taken when the amount, the probability or the close date changes.
followed as (

    select
        *,
        lag(deal_stage_value) over (
            partition by deal_id order by changed_at, change_id
        ) as old_value
    from snapshots

),

-- What the field history tells too, it tells: its tracking began later than snapshots.
stage_entries as (

    select
        followed.deal_id,
        followed.old_value,
        followed.deal_stage_value as new_value,
        followed.changed_by_id,
        followed.changed_at
    from followed
    left join tracked on followed.deal_id = tracked.deal_id
    where
        followed.deal_stage_value is distinct from followed.old_value
        and (
            tracked.tracked_from is null
            or followed.changed_at < tracked.tracked_from
        )

)

select * from stage_entries
