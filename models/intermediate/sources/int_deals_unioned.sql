-- One row per deal, deleted ones kept.

with

landed as (

    select * from {{ ref('int_deals_landed') }}

),

at_as_of as (

    select * from {{ ref('int_deals_at_as_of') }}

),

held as (

    select * from {{ ref('int_record_values_held') }}
    where object_type = 'deal'

),

stages as (

    select * from {{ ref('int_deal_stage_flags') }}

),

merged_away as (

    select * from {{ ref('int_deal_survivors') }}

),

deletions as (

    select * from {{ ref('int_deletions_last') }}

),

closed as (

    select
        landed.*,
        held.pipeline,
        held.owner_id,
        held.amount_cents,
        case when not at_as_of.is_closed_later then held.rejection_reason_value end
            as lost_reason_value,
        at_as_of.deal_stage_value as stage_value,
        at_as_of.closed_at,
        at_as_of.is_closed_by_day,
        merged_away.survivor_id,
        deletions.deleted_at,
        coalesce(stages.is_closed, false) as is_stage_closed,
        (
            coalesce(stages.is_closed, false)
            or coalesce(landed.is_closed and not at_as_of.is_flag_undated, false)
        )
        and not at_as_of.is_closed_later as is_closed_then,
        coalesce(
            case when stages.is_closed then stages.is_won end, landed.is_won, false
        ) as is_won_then,
        merged_away.record_id is not null
        or deletions.record_id is not null as is_deleted
    from landed
    inner join at_as_of on landed.deal_id = at_as_of.deal_id
    left join held on landed.deal_id = held.record_id
    left join stages
        on
            landed.source_system = stages.source_system
            and stages.pipeline in (held.pipeline, 'any')
            and at_as_of.deal_stage_value = stages.deal_stage_value
    left join merged_away on landed.deal_id = merged_away.record_id
    left join deletions on landed.deal_id = deletions.record_id

),

deals as (

    select
        deal_id,
        source_system,
        deal_name,
        pipeline,
        stage_value as deal_stage_value,
        currency,
        lost_reason_value,
        company_record_id,
        owner_id,
        survivor_id as merged_into_deal_id,
        created_by_id,
        crm_url,
        amount_cents,
        is_stage_closed,
        is_closed_in_stage,
        is_closed_then as is_closed,
        is_closed_then and is_won_then as is_won,
        coalesce(closed_at is not null and is_closed_by_day, false)
            as is_closed_by_day,
        is_deleted,
        created_at,
        closed_at as close_date_at,
        case when is_closed_then then closed_at end as closed_at,
        deleted_at
    from closed

)

select * from deals
