-- One row per stage visit and judged moment, with the bounds that apply to it.

with

visits as (

    select * from {{ ref('int_stage_visits') }}

),

moments as (

    select * from {{ ref('int_judged_moments') }}
    where moment_kind <> 'as_of'

),

people as (

    select * from {{ ref('int_people') }}

),

thresholds as (

    select * from {{ ref('int_thresholds_scoped') }}

),

score_window as (

    -- the window in which points were counted, whatever a stage would ask for
    select * from {{ ref('int_score_window') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

crm_scores as (

    select * from {{ ref('int_person_score_bounds') }}

),

account_people as (

    -- distinct: an account has several deals
    select distinct person_key
    from {{ ref('int_deal_people') }}
    where link_kind = 'account'

),

criteria_counts as (

    select
        segment,
        count(distinct criterion) as fit_criteria_count
    from {{ ref('int_fit_criteria') }}
    group by segment

),

bounds as (

    select
        moments.visit_key,
        moments.moment_kind,
        coalesce(stages.label, visits.lifecycle_stage) as stage_label,
        crm_scores.person_key is not null as is_crm_score,
        coalesce(crm_scores.score_threshold, cast(scores.threshold_value as bigint))
            as score_threshold,
        case
            when crm_scores.person_key is null
                then score_window.score_window_days
        end as score_window_days,
        coalesce(criteria_counts.fit_criteria_count, 0) as fit_criteria_count,
        coalesce(
            cast(fits.threshold_value as bigint), criteria_counts.fit_criteria_count, 0
        ) as fit_needed_count,
        account_people.person_key is not null as is_evidence_from_account
    from moments
    cross join score_window
    inner join visits on moments.visit_key = visits.visit_key
    inner join people on moments.person_key = people.person_key
    left join stages
        on
            visits.lifecycle_stage = stages.lifecycle_stage
            and visits.valid_from >= stages.valid_from
            and visits.valid_from < stages.valid_to
    left join thresholds as scores
        on
            scores.rule_code = 'EN07'
            and scores.threshold_name = 'score_points'
            and visits.lifecycle_stage = scores.lifecycle_stage
            and coalesce(people.lead_source_group, '') = scores.lead_source_group
            and coalesce(people.segment, '') = scores.segment
            and moments.judged_at >= scores.valid_from
            and moments.judged_at < scores.valid_to
    left join thresholds as fits
        on
            fits.rule_code = 'EN06'
            and fits.threshold_name = 'fit_needed_count'
            and visits.lifecycle_stage = fits.lifecycle_stage
            and coalesce(people.lead_source_group, '') = fits.lead_source_group
            and coalesce(people.segment, '') = fits.segment
            and moments.judged_at >= fits.valid_from
            and moments.judged_at < fits.valid_to
    left join crm_scores
        on
            moments.person_key = crm_scores.person_key
            and moments.judged_at >= crm_scores.in_force_from
            and moments.judged_at < crm_scores.in_force_to
    left join criteria_counts on coalesce(people.segment, '') = criteria_counts.segment
    left join account_people on moments.person_key = account_people.person_key

)

select * from bounds
