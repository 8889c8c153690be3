-- One row per HubSpot team.

with

landed as (

    select * from {{ source('hubspot', 'team') }}

),

teams as (

    select
        nullif(trim(id), '') as team_id,
        nullif(trim(name), '') as team_name
    from landed

)

select * from teams
