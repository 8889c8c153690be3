-- One row per mql visit judged for interest: one decisive conversion, or enough points
-- in the scoring window or in the CRM's own score (EN07).

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'mql' and not is_restored

),

evidence as (

    select * from {{ ref('int_visit_evidence') }}
    where moment_kind = 'entry'

),

judged as (

    select
        visits.visit_key as subject_key,
        case
            when evidence.has_interest_met then 'passed'
            when evidence.is_interest_undated then 'not_judged'
            else 'broken'
        end as verdict,
        case when evidence.is_interest_undated then 'evidence_undated' end as reason,
        evidence.judged_at,
        evidence.judged_at as occurred_at,
        case
            when not evidence.has_interest_met and not evidence.is_interest_undated
                then
                    'entered ' || evidence.stage_label || ' '
                    || {{ readable_time('evidence.judged_at') }}
                    || ' with interest score ' || evidence.interest_score
                    || coalesce(' of ' || evidence.score_threshold, '')
                    || coalesce(' in ' || evidence.score_window_days || ' days', '')
                    || case when evidence.is_crm_score then ' in the CRM' else '' end
                    || ', no decisive conversion; fit ' || evidence.fit_met_count
                    || ' of ' || evidence.fit_criteria_count
        end as evidence
    from visits
    inner join evidence on visits.visit_key = evidence.visit_key

)

select * from judged
