-- One row per live person with a stage and an owner, judged for the owner's team:
-- HY08.

with

people as (

    select * from {{ ref('int_people') }}
    where not is_deleted and owner_id is not null

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

owner_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'owner' and is_open

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

placed as (

    select
        people.person_key,
        people.primary_record_id,
        people.owner_id,
        people.owner_team,
        people.stage_entered_at,
        stages.label,
        stages.owner_team as stage_teams,
        as_of.as_of,
        '|' || stages.owner_team || '|' like '%|' || people.owner_team || '|%'
            as is_owning_team
    from people
    cross join as_of
    inner join stages
        on
            people.lifecycle_stage = stages.lifecycle_stage
            and as_of.as_of >= stages.valid_from
            and as_of.as_of < stages.valid_to
    where stages.owner_team is not null

),

dated as (

    select
        placed.*,
        greatest(
            placed.stage_entered_at,
            coalesce(owner_visits.valid_from, placed.stage_entered_at)
        ) as held_from
    from placed
    left join owner_visits
        on
            placed.primary_record_id = owner_visits.record_id
            and placed.owner_id = owner_visits.mapped_value

),

judged as (

    select
        person_key as subject_key,
        case
            when owner_team is null then 'not_judged'
            when is_owning_team then 'passed'
            else 'broken'
        end as verdict,
        case when owner_team is null then 'actor_unknown' end as reason,
        as_of as judged_at,
        held_from as occurred_at,
        case
            when not is_owning_team
                then
                    label || ' belongs to ' || replace(stage_teams, '|', ' or ')
                    || ', the owner is in ' || owner_team || ' (since '
                    || {{ readable_time('held_from') }} || ')'
        end as evidence
    from dated

)

select * from judged
