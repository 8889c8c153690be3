-- One row per move to a funnel stage, judged for jumping a required stage (MV02).

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where
        movement not in ('cleared', 'deleted', 'restored')
        and to_rank is not null

),

required_stages as (

    select * from {{ ref('int_policy_stages') }}
    where is_required and stage_rank is not null

),

jumped as (

    -- A move from nothing, or from off the funnel, starts at rank 0.
    select
        transitions.transition_key,
        {{ joined_text(
            'required_stages.lifecycle_stage', "', '", 'required_stages.stage_rank'
        ) }} as skipped_stages
    from transitions
    inner join required_stages
        on
            coalesce(transitions.from_rank, 0) < required_stages.stage_rank
            and transitions.to_rank > required_stages.stage_rank
            and transitions.transitioned_at >= required_stages.valid_from
            and transitions.transitioned_at < required_stages.valid_to
    group by transitions.transition_key

),

judged as (

    select
        transitions.transition_key as subject_key,
        case
            when jumped.transition_key is null then 'passed'
            else 'broken'
        end as verdict,
        cast(null as varchar) as reason,
        transitions.transitioned_at as judged_at,
        transitions.transitioned_at as occurred_at,
        case
            when jumped.transition_key is not null
                then
                    case
                        when transitions.from_stage is null
                            then 'created as ' || transitions.to_stage
                        else
                            'moved from ' || transitions.from_stage
                            || ' to ' || transitions.to_stage
                    end
                    || ' on ' || {{ readable_time('transitions.transitioned_at') }}
                    || ' without ' || jumped.skipped_stages
        end as evidence
    from transitions
    left join jumped on transitions.transition_key = jumped.transition_key

)

select * from judged
