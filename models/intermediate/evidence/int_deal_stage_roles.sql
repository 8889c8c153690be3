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

closings as (

    select * from {{ ref('int_deal_closings') }}

),

pipelines as (

    select * from {{ ref('int_deal_pipelines') }}

),

settings as (

    select creation_window_seconds * interval '1' second as settling_time
    from {{ ref('int_settings') }}

),

counted_visits as (

    select
        *,
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
        coalesce(
            deals.created_at, visits.valid_from, deals.close_date_at, build.as_of
        ) as first_known_at,
        visits.valid_from as stay_from,
        visits.valid_to as stay_to,
        -- a deal that changes pipeline and stage has both a moment later
        case
            when visits.valid_to <= visits.valid_from + settings.settling_time
                then visits.valid_from
            else visits.valid_from + settings.settling_time
        end as settled_at,
        build.as_of
    from deals
    cross join build
    cross join settings
    left join counted_visits as visits
        on
            deals.deal_id = visits.subject_id
            -- what came back from a deletion says no more than the first sight
            and (visits.visit_number = 1 or not visits.is_without_history)

),

-- a past stage is read with the pipeline of its time, today's with today's
located as (

    select
        stays.*,
        pipelines.pipeline as stay_pipeline
    from stays
    inner join pipelines
        on
            stays.deal_id = pipelines.deal_id
            and case
                when stays.is_without_history then pipelines.is_current
                else
                    stays.settled_at >= pipelines.valid_from
                    and stays.settled_at < pipelines.valid_to
            end

),

matched as (

    select
        located.*,
        deal_stages.deal_role as policy_role,
        deal_stages.supports_role,
        row_number() over (
            partition by located.deal_id, located.stay_from
            order by
                lower(trim(deal_stages.pipeline))
                = lower(trim(located.stay_pipeline)) desc nulls last,
                deal_stages.pipeline = 'any' desc nulls last,
                deal_stages.source_system = 'any' nulls last,
                deal_stages.pipeline nulls last
        ) as match_number
    from located
    left join deal_stages
        on
            deal_stages.source_system in (located.source_system, 'any')
            and lower(trim(deal_stages.deal_stage)) = lower(trim(located.stay_value))
            and (
                deal_stages.in_force_from is null
                or coalesce(located.stay_from, located.first_known_at)
                >= deal_stages.in_force_from
            )
            and (
                deal_stages.in_force_to is null
                or coalesce(located.stay_from, located.first_known_at)
                < deal_stages.in_force_to
            )

),

-- the policy governs where it says won or lost, else the CRM's flags, else the policy
governed as (

    select
        matched.*,
        coalesce(matched.policy_role in ('won', 'lost'), false) as is_closed_by_policy,
        closings.closing_role,
        closings.is_undated as is_closing_undated,
        closings.closes_from,
        case
            when closings.is_day then {{ next_local_midnight('closings.closes_from') }}
            else closings.closes_from
        end as surely_closed_from,
        case when closings.closing_role = 'won' then 'customer' end
            as closing_supports_role,
        case
            when matched.is_closed_by_day
                then {{ next_local_midnight('matched.close_date_at') }}
            else matched.close_date_at
        end as surely_dated_from
    from matched
    left join closings
        on
            matched.deal_id = closings.deal_id
            and coalesce(matched.policy_role not in ('won', 'lost'), true)
    where matched.match_number = 1

),

-- where no history of stages is on file, today's role is known from its date on
dated as (

    select
        *,
        case
            when is_closed_by_policy
                then greatest(first_known_at, coalesce(close_date_at, as_of))
            when closing_role is not null then greatest(first_known_at, closes_from)
            when policy_role in ('offer', 'paused') then as_of
            else first_known_at
        end as role_known_from,
        case
            when is_closed_by_policy then coalesce(surely_dated_from, as_of)
            when closing_role is not null then surely_closed_from
        end as role_sure_from,
        case
            when is_closed_by_policy then close_date_at is null
            when closing_role is not null then is_closing_undated
            else coalesce(policy_role <> 'open', false)
        end as is_role_undated
    from governed

),

stretches as (

    select
        deal_id,
        stay_value as deal_stage,
        coalesce(policy_role, 'open') as deal_role,
        supports_role,
        false as is_undated,
        stay_from as valid_from,
        cast(null as timestamp) as sure_from,
        case
            when stay_to is null or stay_to > closes_from
                then coalesce(closes_from, stay_to)
            else stay_to
        end as valid_to,
        deleted_at,
        is_deleted,
        as_of
    from dated
    where not is_without_history

    union all

    select
        deal_id,
        stay_value,
        closing_role,
        closing_supports_role,
        is_closing_undated,
        greatest(stay_from, closes_from),
        surely_closed_from,
        stay_to,
        deleted_at,
        is_deleted,
        as_of
    from dated
    where not is_without_history and closing_role is not null

    union all

    select
        deal_id,
        null,
        'open',
        null,
        false,
        first_known_at,
        null,
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
        case
            when is_closed_by_policy then policy_role
            else coalesce(closing_role, policy_role, 'open')
        end,
        case
            when closing_role is null then supports_role else closing_supports_role
        end,
        is_role_undated,
        role_known_from,
        role_sure_from,
        null,
        deleted_at,
        is_deleted,
        as_of
    from dated
    where is_without_history and role_known_from <= as_of

),

-- what came before a closing or a pause without a date may have been either
told as (

    select
        *,
        bool_or(is_undated and deal_role in ('won', 'lost', 'paused')) over (
            partition by deal_id
        ) and not is_undated as is_before_undated
    from stretches

),

ended as (

    -- a deletion ends the stay; one without a date is known of at as_of only
    select
        deal_id,
        deal_stage,
        deal_role,
        supports_role,
        is_undated,
        is_before_undated,
        valid_from,
        case
            when is_deleted
                then least(coalesce(valid_to, as_of), coalesce(deleted_at, as_of))
            else valid_to
        end as valid_to,
        greatest(valid_from, coalesce(sure_from, valid_from)) as sure_from
    from told

)

select * from ended
where valid_to is null or valid_from < valid_to
