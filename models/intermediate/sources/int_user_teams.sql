-- One row per user and stretch of time in one team.

with

seen as (

    select * from {{ ref('int_user_teams_seen') }}

),

team_mappings as (

    select * from {{ ref('team_mappings') }}

),

-- A source's own row wins over the one for any source.
mapped as (

    select
        seen.user_id,
        seen.source_team,
        team_mappings.team,
        seen.observed_at
    from seen
    left join team_mappings
        on
            team_mappings.source_system in (seen.source_system, 'any')
            and lower(trim(team_mappings.source_team)) = lower(seen.source_team)
    qualify
        row_number() over (
            partition by seen.user_id, seen.observed_at
            order by
                case when team_mappings.source_system = 'any' then 1 else 0 end,
                team_mappings.team nulls last
        ) = 1

),

moved as (

    select *
    from mapped
    qualify
        row_number() over (partition by user_id order by observed_at) = 1
        or source_team is distinct from lag(source_team) over (
            partition by user_id order by observed_at
        )

),

stretches as (

    select
        user_id,
        source_team,
        team,
        observed_at as observed_from,
        case
            when lag(observed_at) over (users_by_time) is null
                then cast('1900-01-01 00:00:00' as timestamp)
            else observed_at
        end as valid_from,
        coalesce(
            lead(observed_at) over (users_by_time),
            cast('9999-12-31 00:00:00' as timestamp)
        ) as valid_to
    from moved
    window users_by_time as (partition by user_id order by observed_at)

)

select * from stretches
