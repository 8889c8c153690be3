-- One row per lifecycle stage of the policy in force, its rules written out.

with

policy_stages as (

    select * from {{ ref('lifecycle_stages') }}

),

stage_rules as (

    select * from {{ ref('int_stage_rule_texts') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

stages as (

    select
        policy_stages.lifecycle_stage,
        policy_stages.stage_role,
        policy_stages.label,
        policy_stages.meaning,
        policy_stages.entry_rule,
        policy_stages.exit_rule,
        stage_rules.entry_rules_in_force,
        stage_rules.exit_rules_in_force,
        stage_rules.time_rules_in_force,
        policy_stages.owner_team,
        policy_stages.reporting_purpose,
        policy_stages.risk_if_unclear,
        cast(policy_stages.rank as bigint) as stage_rank,
        cast(policy_stages.max_days as bigint) as max_days,
        coalesce(policy_stages.is_active, true) as is_active,
        coalesce(policy_stages.is_required, false) as is_required,
        coalesce(policy_stages.is_terminal, false) as is_terminal
    from policy_stages
    cross join as_of
    left join stage_rules
        on policy_stages.stage_role = stage_rules.stage_role
    where
        coalesce({{ local_date('as_of.as_of') }} >= policy_stages.valid_from, true)
        and coalesce({{ local_date('as_of.as_of') }} < policy_stages.valid_to, true)

),

as_known as (

    select
        stages.*,
        as_of.as_of
    from stages
    cross join as_of

)

select * from as_known
