-- One row per allowed move not made by automation, judged for its team (MV04).

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}
    where
        movement not in ('cleared', 'deleted', 'restored')
        and actor_kind is distinct from 'automation'

),

allowed as (

    select * from {{ ref('int_policy_transitions') }}

),

teams as (

    select * from {{ ref('int_user_teams') }}

),

matched as (

    select
        transitions.transition_key,
        transitions.from_stage,
        transitions.to_stage,
        transitions.actor_kind,
        transitions.actor_team,
        transitions.transitioned_at,
        allowed.owner_team,
        teams.observed_from,
        transitions.actor_kind not in ('human', 'bulk')
        or transitions.actor_kind is null
        or transitions.actor_team is null as is_actor_unknown,
        '|' || allowed.owner_team || '|' like '%|' || transitions.actor_team || '|%'
            as is_owning_team
    from transitions
    inner join allowed
        on
            coalesce(transitions.from_stage, 'none') = allowed.from_stage
            and transitions.to_stage = allowed.to_stage
            and transitions.transitioned_at >= allowed.valid_from
            and transitions.transitioned_at < allowed.valid_to
    left join teams
        on
            transitions.actor_id = teams.user_id
            and transitions.transitioned_at >= teams.valid_from
            and transitions.transitioned_at < teams.valid_to

),

judged as (

    select
        transition_key as subject_key,
        case
            when is_actor_unknown then 'not_judged'
            when is_owning_team then 'passed'
            else 'broken'
        end as verdict,
        case when is_actor_unknown then 'actor_unknown' end as reason,
        transitioned_at as judged_at,
        transitioned_at as occurred_at,
        case
            when not is_actor_unknown and not is_owning_team
                then
                    case
                        when from_stage is null then 'created as ' || to_stage
                        else 'moved from ' || from_stage || ' to ' || to_stage
                    end
                    || ' on ' || {{ readable_time('transitioned_at') }}
                    || ' by ' || actor_team
                    || case
                        when observed_from > transitioned_at
                            then
                                ' (team as of '
                                || cast({{ local_date('observed_from') }} as varchar)
                                || ')'
                        else ''
                    end
                    || ', the move belongs to ' || replace(owner_team, '|', ' or ')
        end as evidence
    from matched

)

select * from judged
