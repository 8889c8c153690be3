-- One row per stage role, with its entry, exit and time rules in force as text.

with

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

rule_thresholds as (

    select * from {{ ref('int_rule_thresholds') }}

),

policy_stages as (

    select * from {{ ref('int_policy_stages') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

bounds as (

    select
        rule_thresholds.rule_code,
        rule_thresholds.threshold_name
        || ' ' || {{ readable_number('rule_thresholds.threshold_value') }}
        || coalesce(' in ' || rule_thresholds.lifecycle_stage, '')
        || coalesce(' from ' || rule_thresholds.lead_source_group, '')
        || coalesce(' for ' || rule_thresholds.segment, '') as bound
    from rule_thresholds
    cross join as_of
    where
        as_of.as_of >= rule_thresholds.valid_from
        and as_of.as_of < rule_thresholds.valid_to

),

rule_bounds as (

    select
        rule_code,
        {{ joined_text('bound', "', '", 'bound') }} as bounds_text
    from bounds
    group by rule_code

),

-- The bound of TM01 is no threshold but each stage's own limit.
stage_limits as (

    select
        'TM01' as rule_code,
        policy_stages.stage_role,
        'max_days ' || {{ readable_number('policy_stages.max_days') }} as bounds_text
    from policy_stages
    cross join as_of
    where
        policy_stages.max_days is not null
        and as_of.as_of >= policy_stages.valid_from
        and as_of.as_of < policy_stages.valid_to

),

written as (

    select
        coalesce(stage_limits.stage_role, rules.stage_role) as stage_role,
        rules.rule_code,
        rules.family,
        rules.rule_code || ' ' || rules.title || coalesce(
            ' (' || coalesce(stage_limits.bounds_text, rule_bounds.bounds_text) || ')',
            ''
        ) as rule_text
    from rules
    cross join as_of
    left join stage_limits
        on rules.rule_code = stage_limits.rule_code
    left join rule_bounds
        on rules.rule_code = rule_bounds.rule_code
    where
        rules.is_enabled
        and rules.mode != 'off'
        and coalesce(stage_limits.stage_role, rules.stage_role) is not null
        and as_of.as_of >= rules.valid_from
        and as_of.as_of < rules.valid_to

),

sides as (

    select
        stage_role,
        rule_code,
        case when family = 'entry' then rule_text end as entry_text,
        case when family = 'exit' then rule_text end as exit_text,
        case when family = 'time' then rule_text end as time_text
    from written

),

stage_rules as (

    select
        stage_role,
        {{ joined_text('entry_text', "'; '", 'rule_code') }} as entry_rules_in_force,
        {{ joined_text('exit_text', "'; '", 'rule_code') }} as exit_rules_in_force,
        {{ joined_text('time_text', "'; '", 'rule_code') }} as time_rules_in_force
    from sides
    group by stage_role

)

select * from stage_rules
