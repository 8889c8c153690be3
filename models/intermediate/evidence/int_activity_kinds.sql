-- One row per kind of activity that occurs and stretch of time, with what it signals.
-- A kind is a source, an activity type, an asset and a direction. Of the policy's rows
-- that fit, the lowest priority wins, then the own source, then the narrower pattern.

with

activities as (

    select * from {{ ref('int_activities_unioned') }}

),

activity_types as (

    select
        *,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01')
            as in_force_from,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31')
            as in_force_to
    from {{ ref('activity_types') }}

),

kinds as (

    -- distinct: many activities are of one kind
    select distinct
        source_system,
        activity_type,
        coalesce(asset, '') as asset,
        coalesce(direction, '') as direction
    from activities

),

candidates as (

    select
        kinds.source_system,
        kinds.activity_type,
        kinds.asset,
        kinds.direction,
        activity_types.signal,
        activity_types.points,
        activity_types.is_decisive,
        activity_types.is_two_way,
        activity_types.is_sales,
        activity_types.priority,
        activity_types.source_system = 'any' as is_any_source,
        activity_types.asset_pattern,
        activity_types.in_force_from,
        activity_types.in_force_to,
        activity_types.direction as policy_direction
    from kinds
    inner join activity_types
        on
            activity_types.source_system in (kinds.source_system, 'any')
            and lower(trim(activity_types.activity_type))
            = lower(trim(kinds.activity_type))
            and kinds.asset ilike coalesce(activity_types.asset_pattern, '%')
            and coalesce(activity_types.direction, 'any') in (kinds.direction, 'any')

),

boundaries as (

    select
        source_system,
        activity_type,
        asset,
        direction,
        in_force_from as valid_from
    from candidates

    union

    select
        source_system,
        activity_type,
        asset,
        direction,
        in_force_to
    from candidates

),

slices as (

    select
        *,
        lead(valid_from) over (
            partition by source_system, activity_type, asset, direction
            order by valid_from
        ) as valid_to
    from boundaries

),

ranked as (

    select
        slices.*,
        candidates.signal,
        candidates.points,
        candidates.is_decisive,
        candidates.is_two_way,
        candidates.is_sales,
        row_number() over (
            partition by
                slices.source_system, slices.activity_type, slices.asset,
                slices.direction, slices.valid_from
            order by
                candidates.priority asc,
                candidates.is_any_source asc,
                length(candidates.asset_pattern) desc nulls last,
                candidates.asset_pattern nulls last,
                candidates.policy_direction asc
        ) as candidate_number
    from slices
    inner join candidates
        on
            slices.source_system = candidates.source_system
            and slices.activity_type = candidates.activity_type
            and slices.asset = candidates.asset
            and slices.direction = candidates.direction
            and slices.valid_from >= candidates.in_force_from
            and slices.valid_to <= candidates.in_force_to

)

select
    source_system,
    activity_type,
    asset,
    direction,
    signal,
    cast(coalesce(points, 0) as bigint) as points,
    coalesce(is_decisive, false) as is_decisive,
    coalesce(is_two_way, false) as is_two_way,
    coalesce(is_sales, false) as is_sales,
    valid_from,
    valid_to
from ranked
where candidate_number = 1
