-- One row per source and stage that it has authority over at as_of.

with

sources as (

    select * from {{ ref('int_sources') }}

),

policy_stages as (

    select * from {{ ref('int_policy_stages') }}

),

authority as (

    select * from {{ ref('stage_authority') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

bound_sources as (

    -- distinct: a source has a row a stage
    select distinct source_system from authority

),

stages as (

    -- distinct: a stage has a row a stretch of time
    select distinct lifecycle_stage from policy_stages

),

rights as (

    -- distinct: a source may have several rows for a stage
    select distinct
        sources.source_system,
        stages.lifecycle_stage
    from sources
    cross join stages
    cross join build
    left join bound_sources on sources.source_system = bound_sources.source_system
    left join authority
        on
            sources.source_system = authority.source_system
            and stages.lifecycle_stage = authority.lifecycle_stage
            and (authority.valid_from is null or build.as_of >= authority.valid_from)
            and (authority.valid_to is null or build.as_of < authority.valid_to)
    where bound_sources.source_system is null or authority.lifecycle_stage is not null

)

select * from rights
