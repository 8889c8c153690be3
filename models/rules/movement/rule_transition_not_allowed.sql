-- One row per move of a person, judged for being unknown to the stage model (MV01).

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where movement not in ('cleared', 'deleted', 'restored')

),

allowed as (

    select * from {{ ref('int_policy_transitions') }}

),

matched as (

    select
        transitions.transition_key,
        transitions.from_stage,
        transitions.to_stage,
        transitions.actor_kind,
        transitions.actor_team,
        transitions.transitioned_at,
        allowed.to_stage is not null as is_allowed
    from transitions
    left join allowed
        on
            coalesce(transitions.from_stage, 'none') = allowed.from_stage
            and transitions.to_stage = allowed.to_stage
            and transitions.transitioned_at >= allowed.valid_from
            and transitions.transitioned_at < allowed.valid_to

),

judged as (

    select
        transition_key as subject_key,
        case when is_allowed then 'passed' else 'broken' end as verdict,
        cast(null as varchar) as reason,
        transitioned_at as judged_at,
        transitioned_at as occurred_at,
        case
            when not is_allowed
                then
                    case
                        when from_stage is null then 'created as ' || to_stage
                        else 'moved from ' || from_stage || ' to ' || to_stage
                    end
                    || ' on ' || {{ readable_time('transitioned_at') }}
                    || ' by ' || coalesce(actor_team, actor_kind, 'an unknown actor')
                    || ', a move the stage model does not have'
        end as evidence
    from matched

)

select * from judged
