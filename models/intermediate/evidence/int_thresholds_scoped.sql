-- One row per threshold, stage, lead source group, segment and stretch of time: the
-- narrowest row of the policy that applies (no group and no segment are empty text).

with

thresholds as (

    select * from {{ ref('int_rule_thresholds') }}

),

stages as (

    -- distinct: a stage has a row a stretch of time
    select distinct lifecycle_stage from {{ ref('int_policy_stages') }}

),

groups as (

    -- distinct: many people share a group and a segment
    select distinct
        coalesce(lead_source_group, '') as lead_source_group,
        coalesce(segment, '') as segment
    from {{ ref('int_people') }}

),

candidates as (

    select
        thresholds.rule_code,
        thresholds.threshold_name,
        stages.lifecycle_stage,
        groups.lead_source_group,
        groups.segment,
        thresholds.threshold_value,
        thresholds.lifecycle_stage is not null as is_stage_own,
        thresholds.segment is not null as is_segment_own,
        thresholds.lead_source_group is not null as is_group_own,
        thresholds.valid_from,
        thresholds.valid_to
    from thresholds
    inner join stages
        on
            thresholds.lifecycle_stage is null
            or thresholds.lifecycle_stage = stages.lifecycle_stage
    inner join groups
        on
            (
                thresholds.lead_source_group is null
                or thresholds.lead_source_group = groups.lead_source_group
            )
            and (thresholds.segment is null or thresholds.segment = groups.segment)

),

boundaries as (

    select
        rule_code,
        threshold_name,
        lifecycle_stage,
        lead_source_group,
        segment,
        valid_from
    from candidates

    union

    select
        rule_code,
        threshold_name,
        lifecycle_stage,
        lead_source_group,
        segment,
        valid_to
    from candidates

),

slices as (

    select
        *,
        lead(valid_from) over (
            partition by
                rule_code, threshold_name, lifecycle_stage, lead_source_group, segment
            order by valid_from
        ) as valid_to
    from boundaries

),

ranked as (

    select
        slices.*,
        candidates.threshold_value,
        row_number() over (
            partition by
                slices.rule_code, slices.threshold_name, slices.lifecycle_stage,
                slices.lead_source_group, slices.segment, slices.valid_from
            order by
                candidates.is_stage_own desc,
                candidates.is_segment_own desc,
                candidates.is_group_own desc,
                candidates.valid_from desc,
                candidates.threshold_value asc
        ) as candidate_number
    from slices
    inner join candidates
        on
            slices.rule_code = candidates.rule_code
            and slices.threshold_name = candidates.threshold_name
            and slices.lifecycle_stage = candidates.lifecycle_stage
            and slices.lead_source_group = candidates.lead_source_group
            and slices.segment = candidates.segment
            and slices.valid_from >= candidates.valid_from
            and slices.valid_to <= candidates.valid_to

)

select
    rule_code,
    threshold_name,
    lifecycle_stage,
    lead_source_group,
    segment,
    threshold_value,
    valid_from,
    valid_to
from ranked
where candidate_number = 1
