-- One row per stage visit whose record had an owner when it ended (or at as_of), with
-- the owner's team at that moment.

with

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

owner_visits as (

    select * from {{ ref('int_visits') }}
    where concept = 'owner'

),

user_teams as (

    select * from {{ ref('int_user_teams') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

ends as (

    select
        stage_visits.visit_key,
        stage_visits.record_id,
        coalesce(stage_visits.valid_to, as_of.as_of) as ended_at
    from stage_visits
    cross join as_of

),

-- The last owner of the stay: who takes over at the moment it ends comes too late.
owned as (

    select
        ends.visit_key,
        ends.ended_at,
        owner_visits.mapped_value as owner_id
    from ends
    inner join owner_visits
        on
            ends.record_id = owner_visits.record_id
            and ends.ended_at > owner_visits.valid_from
            and ends.ended_at <= coalesce(owner_visits.valid_to, ends.ended_at)

),

teams as (

    select
        owned.visit_key,
        user_teams.team as owner_team
    from owned
    inner join user_teams
        on
            owned.owner_id = user_teams.user_id
            and owned.ended_at >= user_teams.valid_from
            and owned.ended_at < user_teams.valid_to

)

select * from teams
