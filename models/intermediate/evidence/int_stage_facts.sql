-- One row per funnel stage and fact that its recorded place needs, in force at as_of.

with

stage_evidence as (

    select
        *,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01')
            as in_force_from,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31')
            as in_force_to
    from {{ ref('stage_evidence') }}

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

facts as (

    select * from {{ ref('int_landed_facts') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

needed as (

    select
        stages.lifecycle_stage,
        stages.stage_rank,
        stage_evidence.fact,
        -- one fact that nobody lands, or hardly, leaves the stage out of the search
        min(
            case
                when not coalesce(facts.is_landed, false) then 0
                when coalesce(facts.coverage_rate, 1) < 0.5 then 0
                else 1
            end
        ) over (partition by stages.lifecycle_stage) = 1 as is_judged
    from stage_evidence
    cross join build
    inner join stages
        on
            stage_evidence.lifecycle_stage = stages.lifecycle_stage
            and build.as_of >= stages.valid_from
            and build.as_of < stages.valid_to
            and not stages.is_off_funnel
    left join facts on stage_evidence.fact = facts.fact
    where
        build.as_of >= stage_evidence.in_force_from
        and build.as_of < stage_evidence.in_force_to

)

select * from needed
