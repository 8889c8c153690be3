-- One row per customer visit judged for a deal that was won by entry (EN12).

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'customer' and not is_restored

),

evidence as (

    select * from {{ ref('int_visit_evidence') }}
    where moment_kind = 'entry'

),

rules as (

    select * from {{ ref('int_rules_in_force') }}
    where rule_code = 'EN12'

),

told as (

    select
        evidence.*,
        rules.evidence_scope <> 'person' or not evidence.is_evidence_from_account
            as is_counting
    from visits
    inner join evidence on visits.visit_key = evidence.visit_key
    cross join rules

),

-- deals of the account count only where the rule's scope lets them
scoped as (

    select
        visit_key,
        stage_label,
        case when is_counting then deal_count else 0 end as deal_count,
        case when is_counting then open_deal_count else 0 end as open_deal_count,
        case when is_counting then won_deal_count else 0 end as won_deal_count,
        case when is_counting then lost_deal_count else 0 end as lost_deal_count,
        case when is_counting then paused_deal_count else 0 end as paused_deal_count,
        case when is_counting then undated_deal_count else 0 end
            as undated_deal_count,
        judged_at
    from told

),

judged as (

    select
        visit_key as subject_key,
        case
            when won_deal_count > 0 then 'passed'
            when undated_deal_count > 0 then 'not_judged'
            else 'broken'
        end as verdict,
        case
            when won_deal_count = 0 and undated_deal_count > 0 then 'evidence_undated'
        end as reason,
        judged_at,
        judged_at as occurred_at,
        case
            when won_deal_count = 0 and undated_deal_count = 0
                then
                    'entered ' || stage_label || ' ' || {{ readable_time('judged_at') }}
                    || ' with no deal won: '
                    || case
                        when deal_count = 0 then 'no deal was linked'
                        else
                            deal_count || ' linked, ' || open_deal_count || ' open, '
                            || lost_deal_count || ' lost, ' || paused_deal_count
                            || ' on hold'
                    end
                    || ' (a link counts once deal and record both exist)'
        end as evidence
    from scoped

)

select * from judged
