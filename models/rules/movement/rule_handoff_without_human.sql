-- One row per move that wants a person, judged for being made by automation (MV05).

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where movement not in ('cleared', 'deleted', 'restored')

),

governed as (

    select * from {{ ref('int_policy_transitions') }}
    where actor_policy = 'human'

),

matched as (

    select
        transitions.transition_key,
        transitions.from_stage,
        transitions.to_stage,
        transitions.actor_kind,
        transitions.change_source,
        transitions.transitioned_at,
        governed.owner_team
    from transitions
    inner join governed
        on
            coalesce(transitions.from_stage, 'none') = governed.from_stage
            and transitions.to_stage = governed.to_stage
            and transitions.transitioned_at >= governed.valid_from
            and transitions.transitioned_at < governed.valid_to

),

judged as (

    select
        transition_key as subject_key,
        case actor_kind
            when 'human' then 'passed'
            when 'bulk' then 'passed'
            when 'automation' then 'broken'
            else 'not_judged'
        end as verdict,
        case
            when coalesce(actor_kind not in ('human', 'bulk', 'automation'), true)
                then 'actor_unknown'
        end as reason,
        transitioned_at as judged_at,
        transitioned_at as occurred_at,
        case
            when actor_kind = 'automation'
                then
                    'moved from ' || coalesce(from_stage, 'nothing') || ' to '
                    || to_stage || ' on ' || {{ readable_time('transitioned_at') }}
                    || ' by automation' || coalesce(' (' || change_source || ')', '')
                    || ', the move wants a person in '
                    || replace(owner_team, '|', ' or ')
        end as evidence
    from matched

)

select * from judged
