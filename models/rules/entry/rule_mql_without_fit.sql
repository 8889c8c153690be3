-- One row per mql visit judged for fit on the attributes known at entry (EN06).

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
            when evidence.has_fit_met then 'passed'
            when evidence.is_fit_undated then 'not_judged'
            else 'broken'
        end as verdict,
        case
            when not evidence.has_fit_met and evidence.is_fit_undated
                then 'evidence_undated'
        end as reason,
        evidence.judged_at,
        evidence.judged_at as occurred_at,
        case
            when not evidence.has_fit_met and not evidence.is_fit_undated
                then
                    'entered ' || evidence.stage_label || ' '
                    || {{ readable_time('evidence.judged_at') }}
                    || ' with fit ' || evidence.fit_met_count
                    || ' of ' || evidence.fit_criteria_count
                    || ', ' || evidence.fit_needed_count || ' needed'
                    || coalesce(' (not met: ' || evidence.fit_detail || ')', '')
                    || '; interest score ' || evidence.interest_score
                    || coalesce(' of ' || evidence.score_threshold, '')
        end as evidence
    from visits
    inner join evidence on visits.visit_key = evidence.visit_key

)

select * from judged
