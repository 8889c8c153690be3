-- One row per person, with the bounds in force at as_of.

with

people as (

    select * from {{ ref('int_people') }}

),

mql_stages as (

    select
        stages.lifecycle_stage,
        build.as_of
    from {{ ref('int_as_of') }} as build
    inner join {{ ref('int_policy_stages') }} as stages
        on
            build.as_of >= stages.valid_from
            and build.as_of < stages.valid_to
            and stages.stage_role = 'mql'

),

thresholds as (

    select thresholds.*
    from {{ ref('int_thresholds_scoped') }} as thresholds
    inner join mql_stages
        on
            thresholds.lifecycle_stage = mql_stages.lifecycle_stage
            and thresholds.valid_from <= mql_stages.as_of
            and thresholds.valid_to > mql_stages.as_of

),

crm_scores as (

    select score_bounds.*
    from {{ ref('int_person_score_bounds') }} as score_bounds
    inner join {{ ref('int_as_of') }} as build
        on
            score_bounds.in_force_from <= build.as_of
            and score_bounds.in_force_to > build.as_of

),

qualification as (

    select max(cast(limits.threshold_value as bigint)) as qualification_needed_count
    from {{ ref('int_rule_thresholds') }} as limits
    cross join {{ ref('int_as_of') }} as build
    where
        limits.rule_code = 'EN09'
        and limits.threshold_name = 'qualification_points'
        and build.as_of >= limits.valid_from
        and build.as_of < limits.valid_to

),

criteria_counts as (

    select
        segment,
        count(distinct criterion) as fit_criteria_count
    from {{ ref('int_fit_criteria') }}
    group by segment

),

account_people as (

    -- distinct: an account has several deals
    select distinct person_key
    from {{ ref('int_deal_people') }}
    where link_kind = 'account'

),

bounds as (

    select
        people.person_key,
        crm_scores.person_key is not null as is_crm_score,
        coalesce(crm_scores.score_threshold, cast(scores.threshold_value as bigint))
            as score_threshold,
        coalesce(criteria_counts.fit_criteria_count, 0) as fit_criteria_count,
        coalesce(
            cast(fits.threshold_value as bigint), criteria_counts.fit_criteria_count, 0
        ) as fit_needed_count,
        qualification.qualification_needed_count,
        account_people.person_key is not null as is_evidence_from_account
    from people
    cross join qualification
    left join thresholds as scores
        on
            scores.rule_code = 'EN07'
            and scores.threshold_name = 'score_points'
            and coalesce(people.lead_source_group, '') = scores.lead_source_group
            and coalesce(people.segment, '') = scores.segment
    left join thresholds as fits
        on
            fits.rule_code = 'EN06'
            and fits.threshold_name = 'fit_needed_count'
            and coalesce(people.lead_source_group, '') = fits.lead_source_group
            and coalesce(people.segment, '') = fits.segment
    left join crm_scores on people.person_key = crm_scores.person_key
    left join criteria_counts on coalesce(people.segment, '') = criteria_counts.segment
    left join account_people on people.person_key = account_people.person_key

)

select * from bounds
