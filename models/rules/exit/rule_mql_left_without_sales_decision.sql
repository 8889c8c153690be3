-- One row per handoff judged for a decision by sales (EX02).

with

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

passing as (

    select * from {{ ref('int_passing_mqls') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

ended as (

    select
        handoff_key as subject_key,
        lifecycle_stage,
        decision,
        accepted_via,
        coalesce(decided_by_kind, 'unknown') as decided_by_kind,
        offered_at,
        decided_at
    from handoffs

    union all

    -- an mql that lasted no time opened no handoff: its move is judged in place of one
    select
        subject_key,
        from_stage,
        case
            when movement in ('deleted', 'cleared') then 'void'
            when is_accepted then 'accepted'
            when movement in ('rejected', 'recycled', 'disqualified', 'churned', 'lost')
                then 'rejected'
            when is_past_acceptance then 'bypassed'
            else 'withdrawn'
        end,
        null,
        coalesce(actor_kind, 'unknown'),
        transitioned_at as offered_at,
        transitioned_at as decided_at
    from passing

),

judged as (

    select
        ended.subject_key,
        case
            when ended.decision in ('void', 'pending') then 'not_judged'
            when ended.decision in ('bypassed', 'withdrawn') then 'broken'
            when ended.accepted_via = 'implicit' then 'broken'
            else 'passed'
        end as verdict,
        case ended.decision
            when 'void' then 'subject_ended'
            when 'pending' then 'not_due'
        end as reason,
        coalesce(ended.decided_at, build.as_of) as judged_at,
        coalesce(ended.decided_at, build.as_of) as occurred_at,
        case
            when
                ended.decision in ('bypassed', 'withdrawn')
                or ended.accepted_via = 'implicit'
                then
                    'entered ' || coalesce(stages.label, ended.lifecycle_stage) || ' '
                    || {{ readable_time('ended.offered_at') }} || ' and left '
                    || {{ readable_time('ended.decided_at') }}
                    || case
                        when ended.decision = 'withdrawn'
                            then
                                ' to an earlier stage, neither accepted nor rejected'
                        when ended.accepted_via = 'implicit'
                            then
                                ' past acceptance, accepted by sales only implicitly'
                        else ' past acceptance without a decision by sales'
                    end
                    || ' (moved by ' || ended.decided_by_kind || ')'
        end as evidence
    from ended
    cross join build
    left join stages
        on
            ended.lifecycle_stage = stages.lifecycle_stage
            and ended.offered_at >= stages.valid_from
            and ended.offered_at < stages.valid_to

)

select * from judged
