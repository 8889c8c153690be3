-- One row per deal and stay in one deal stage, with the role the stage has in the
-- policy. A deal whose stage history is not on file is dated from its creation and its
-- closing.

with

deals as (

    select * from {{ ref('int_deals_unioned') }}
    where merged_into_deal_id is null

),

visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'deal_stage'

),

deal_stages as (

    select
        *,
        {{ local_midnight('valid_from') }} as in_force_from,
        {{ local_midnight('valid_to') }} as in_force_to
    from {{ ref('deal_stages') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

counted_visits as (

    select
        *,
        visit_number = max(visit_number) over of_deal as is_last_stay,
        bool_or(is_start_inferred) over of_deal
        and min(mapped_value) over of_deal = max(mapped_value) over of_deal
            as is_without_history
    from visits
    window of_deal as (partition by subject_id)

),

stays as (

    select
        deals.*,
        coalesce(visits.mapped_value, deals.deal_stage_value) as stay_value,
        visits.subject_id is null or visits.is_without_history as is_without_history,
        coalesce(visits.is_last_stay, true) as is_last_stay,
        coalesce(deals.created_at, visits.valid_from, deals.closed_at, build.as_of)
            as first_known_at,
        visits.valid_from as stay_from,
        visits.valid_to as stay_to,
        build.as_of
    from deals
    cross join build
    left join counted_visits as visits
        on
            deals.deal_id = visits.subject_id
            -- what came back from a deletion says no more than the first sight
            and (visits.visit_number = 1 or not visits.is_without_history)

),

matched as (

    select
        stays.*,
        deal_stages.deal_role as policy_role,
        deal_stages.supports_role,
        row_number() over (
            partition by stays.deal_id, stays.stay_from
            order by
                lower(deal_stages.pipeline) = lower(stays.pipeline) desc nulls last,
                deal_stages.pipeline = 'any' desc nulls last,
                deal_stages.source_system = 'any' nulls last,
                deal_stages.pipeline nulls last
        ) as match_number
    from stays
    left join deal_stages
        on
            deal_stages.source_system in (stays.source_system, 'any')
            and lower(trim(deal_stages.deal_stage)) = lower(trim(stays.stay_value))
            and (
                deal_stages.in_force_from is null
                or coalesce(stays.stay_from, stays.first_known_at)
                >= deal_stages.in_force_from
            )
            and (
                deal_stages.in_force_to is null
                or coalesce(stays.stay_from, stays.first_known_at)
                < deal_stages.in_force_to
            )

),

governed as (

    select
        *,
        -- the flags tell of today only, so a stage that was left counts as open
        coalesce(
            policy_role,
            case
                when is_last_stay and is_won then 'won'
                when is_last_stay and is_closed then 'lost'
                else 'open'
            end
        ) as deal_role
    from matched
    where match_number = 1

),

dated as (

    select
        *,
        case
            when deal_role in ('won', 'lost')
                then greatest(first_known_at, coalesce(closed_at, as_of))
            when deal_role in ('offer', 'paused') then as_of
            else first_known_at
        end as role_known_from
    from governed

),

stretches as (

    select
        deal_id,
        stay_value as deal_stage,
        deal_role,
        supports_role,
        false as is_undated,
        stay_from as valid_from,
        stay_to as valid_to,
        deleted_at,
        is_deleted,
        as_of
    from dated
    where not is_without_history

    union all

    select
        deal_id,
        null,
        'open',
        null,
        false,
        first_known_at,
        role_known_from,
        deleted_at,
        is_deleted,
        as_of
    from dated
    where is_without_history and first_known_at < role_known_from

    union all

    select
        deal_id,
        stay_value,
        deal_role,
        supports_role,
        deal_role <> 'open'
        and (closed_at is null or deal_role not in ('won', 'lost')),
        role_known_from,
        null,
        deleted_at,
        is_deleted,
        as_of
    from dated
    where is_without_history and role_known_from <= as_of

),

ended as (

    -- a deletion ends the stay; one without a date is known of at as_of only
    select
        deal_id,
        deal_stage,
        deal_role,
        supports_role,
        is_undated,
        valid_from,
        case
            when is_deleted
                then least(coalesce(valid_to, as_of), coalesce(deleted_at, as_of))
            else valid_to
        end as valid_to
    from stretches

)

select * from ended
where valid_to is null or valid_from < valid_to
