-- One row per lead visit judged for an original source that is missing or not valid
-- (EN03).

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'lead' and not is_restored

),

evidence as (

    select * from {{ ref('int_visit_evidence') }}
    where moment_kind = 'entry'

),

judged as (

    select
        visits.visit_key as subject_key,
        case
            when evidence.has_valid_source then 'passed'
            when evidence.is_source_undated then 'not_judged'
            else 'broken'
        end as verdict,
        case
            when not evidence.has_valid_source and evidence.is_source_undated
                then 'evidence_undated'
        end as reason,
        evidence.judged_at,
        evidence.judged_at as occurred_at,
        case
            when not evidence.has_valid_source and not evidence.is_source_undated
                then
                    'entered ' || evidence.stage_label || ' '
                    || {{ readable_time('evidence.judged_at') }}
                    || coalesce(
                        ' with original source "' || evidence.lead_source_value
                        || '", which is not a valid source',
                        ' without an original source'
                    )
        end as evidence
    from visits
    inner join evidence on visits.visit_key = evidence.visit_key

)

select * from judged
