-- One row per deal that the CRM's own flags close, with from when they do.

with

deals as (

    select * from {{ ref('int_deals_unioned') }}
    where merged_into_deal_id is null and is_closed

),

visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'deal_stage'

),

build as (

    select * from {{ ref('int_as_of') }}

),

-- a deal that never left its first stage has no history of stages
last_stays as (

    select
        subject_id,
        max(valid_from) as stay_from
    from visits
    group by subject_id
    having
        not bool_or(is_start_inferred) or min(mapped_value) <> max(mapped_value)

),

-- Where a stage closes, the history of stages knows the time better than a date that
-- people edit, and much better than a day; a flag beside the stage has only its date.
told as (

    select
        deals.*,
        last_stays.stay_from,
        last_stays.stay_from is not null
        and (
            deals.is_stage_closed
            or (
                deals.is_closed_in_stage
                and (
                    deals.closed_at is null
                    or deals.is_closed_by_day
                    or deals.closed_at < last_stays.stay_from
                )
            )
        ) as is_told_by_stage
    from deals
    left join last_stays on deals.deal_id = last_stays.subject_id

),

closings as (

    select
        told.deal_id,
        case when told.is_won then 'won' else 'lost' end as closing_role,
        told.is_closed_by_day and not told.is_told_by_stage as is_day,
        told.closed_at is null and not told.is_told_by_stage as is_undated,
        case
            when told.is_told_by_stage then told.stay_from
            else coalesce(told.closed_at, build.as_of)
        end as closes_from
    from told
    cross join build

)

select * from closings
