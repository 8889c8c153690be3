-- One row per closed opportunity visit judged for a deal that was still open (EX07).

with

visits as (

    select * from {{ ref('int_stage_visits') }}
    where stage_role = 'opportunity' and valid_to is not null

),

evidence as (

    select * from {{ ref('int_visit_evidence') }}
    where moment_kind = 'exit'

),

rules as (

    select * from {{ ref('int_rules_in_force') }}
    where rule_code = 'EX07'

),

told as (

    select
        evidence.*,
        visits.exit_movement,
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
        exit_movement,
        case when is_counting then hurting_open_deal_count else 0 end
            as hurting_open_deal_count,
        case when is_counting then won_deal_count else 0 end as won_deal_count,
        case when is_counting then lost_deal_count else 0 end as lost_deal_count,
        case when is_counting then paused_deal_count else 0 end as paused_deal_count,
        case when is_counting then undated_deal_count else 0 end
            as undated_deal_count,
        judged_at
    from told

),

concluded as (

    select
        *,
        hurting_open_deal_count = 0
        or won_deal_count + lost_deal_count + paused_deal_count > 0 as is_concluded,
        coalesce(exit_movement in ('deleted', 'cleared'), true) as is_ended
    from scoped

),

judged as (

    select
        visit_key as subject_key,
        case
            when is_ended then 'not_judged'
            when undated_deal_count > 0 and won_deal_count + lost_deal_count = 0
                then 'not_judged'
            when is_concluded then 'passed'
            else 'broken'
        end as verdict,
        case
            when is_ended then 'subject_ended'
            when undated_deal_count > 0 and won_deal_count + lost_deal_count = 0
                then 'evidence_undated'
        end as reason,
        judged_at,
        judged_at as occurred_at,
        case
            when not is_ended and not is_concluded and undated_deal_count = 0
                then
                    'left ' || stage_label || ' ' || {{ readable_time('judged_at') }}
                    || ' with ' || hurting_open_deal_count
                    || case
                        when hurting_open_deal_count = 1 then ' deal' else ' deals'
                    end
                    || ' still open, none won, lost or on hold'
        end as evidence
    from concluded

)

select * from judged
