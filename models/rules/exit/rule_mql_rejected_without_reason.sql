-- One row per rejected handoff judged for a structured reason (EX03).

with

handoffs as (

    select * from {{ ref('int_handoffs') }}
    where decision in ('rejected_recycled', 'rejected_disqualified')

),

settings as (

    select * from {{ ref('int_settings') }}

),

judged as (

    select
        handoffs.handoff_key as subject_key,
        case
            when handoffs.has_reason then 'passed'
            when not handoffs.is_reason_dated and not handoffs.is_latest_rejection
                then 'not_judged'
            else 'broken'
        end as verdict,
        case
            when
                not handoffs.has_reason
                and not handoffs.is_reason_dated
                and not handoffs.is_latest_rejection
                then 'evidence_undated'
        end as reason,
        handoffs.decided_at as judged_at,
        handoffs.decided_at as occurred_at,
        case
            when
                not handoffs.has_reason
                and (handoffs.is_reason_dated or handoffs.is_latest_rejection)
                then
                    'rejected ' || {{ readable_time('handoffs.decided_at') }}
                    || coalesce(
                        ' by ' || replace(handoffs.decided_by_team, '_', ' '),
                        ' by ' || handoffs.decided_by_kind, ''
                    )
                    || ', no structured reason'
                    || case
                        when handoffs.is_reason_dated
                            then ' within ' || settings.reason_window_hours || ' hours'
                        else ' on record'
                    end
        end as evidence
    from handoffs
    cross join settings

)

select * from judged
