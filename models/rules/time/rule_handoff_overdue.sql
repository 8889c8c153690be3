-- One row per handoff judged for a decision within its working hours (TM03).

with

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

measured as (

    select
        handoffs.*,
        build.as_of,
        coalesce(stages.label, handoffs.lifecycle_stage) as stage_label,
        handoffs.working_hours_open > handoffs.decision_limit_hours as is_over,
        handoffs.decision in ('accepted', 'rejected_recycled', 'rejected_disqualified')
            as is_decided,
        handoffs.decision in ('bypassed', 'withdrawn', 'void') as is_ended
    from handoffs
    cross join build
    left join stages
        on
            handoffs.lifecycle_stage = stages.lifecycle_stage
            and handoffs.offered_at >= stages.valid_from
            and handoffs.offered_at < stages.valid_to
    where handoffs.decision_limit_hours is not null

),

judged as (

    select
        handoff_key as subject_key,
        case
            when is_over then 'broken'
            when is_decided then 'passed'
            else 'not_judged'
        end as verdict,
        case
            when is_over or is_decided then null
            when is_ended then 'subject_ended'
            else 'not_due'
        end as reason,
        coalesce(decision_due_at, as_of) as judged_at,
        coalesce(decision_due_at, as_of) as occurred_at,
        case
            when is_over
                then
                    'entered '
                    || stage_label
                    || ' '
                    || {{ readable_time('offered_at') }}
                    || case
                        when is_decided
                            then
                                ' and was decided ' || {{ readable_time('decided_at') }}
                                || ' after '
                        when is_ended
                            then
                                ' and left undecided '
                                || {{ readable_time('decided_at') }}
                                || ' after '
                        else ' and is undecided after '
                    end
                    || {{ number_over('working_hours_open', 'decision_limit_hours') }}
                    || ' working hours of '
                    || {{ readable_number('decision_limit_hours') }} || ' allowed, '
                    || case
                        when working_hours_unassigned > 0
                            then
                                {{ readable_number('working_hours_unassigned') }}
                                || ' of them without an owner'
                        else 'all with an owner'
                    end
                    || coalesce(
                        ' (due ' || {{ readable_time('decision_due_at') }} || ')', ''
                    )
        end as evidence
    from measured

)

select * from judged
