-- One row per rule, as defined at as_of, with its budget in force then.

with

rules as (

    select * from {{ ref('rules') }}

),

rule_budgets as (

    select * from {{ ref('rule_budgets') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select
        *,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01 00:00:00')
            as starts_at,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31 00:00:00')
            as ends_at
    from rules

),

numbered as (

    -- The newest definition that had begun by as_of; before the first one, the first.
    select
        dated.*,
        min(dated.starts_at) over every_row as first_starts_at,
        max(dated.ends_at) over every_row as last_ends_at,
        row_number() over (
            partition by dated.rule_code
            order by
                dated.starts_at <= as_of.as_of desc,
                case when dated.starts_at <= as_of.as_of then dated.starts_at end
                desc nulls last,
                dated.starts_at asc
        ) as choice_rank
    from dated
    cross join as_of
    window every_row as (partition by dated.rule_code)

),

budgets as (

    select
        rule_budgets.rule_code,
        rule_budgets.amber_rate,
        rule_budgets.red_rate
    from rule_budgets
    cross join as_of
    where
        coalesce(
            {{ local_midnight('rule_budgets.valid_from') }} <= as_of.as_of, true
        )
        and coalesce({{ local_midnight('rule_budgets.valid_to') }} > as_of.as_of, true)

),

rules_in_force as (

    select
        numbered.rule_id,
        numbered.rule_code,
        numbered.family,
        numbered.subject_type,
        numbered.stage_role,
        numbered.severity,
        numbered.mode,
        numbered.owner_team,
        numbered.title,
        numbered.reason,
        numbered.remedy,
        numbered.evidence_scope,
        numbered.yields_to,
        numbered.wave,
        coalesce(numbered.min_coverage_rate, 0.5) as min_coverage_rate,
        budgets.amber_rate,
        budgets.red_rate,
        numbered.is_enabled and numbered.mode != 'off' as is_enabled,
        numbered.judges_bulk,
        numbered.is_repairable,
        numbered.first_starts_at as valid_from,
        numbered.last_ends_at as valid_to
    from numbered
    left join budgets on numbered.rule_code = budgets.rule_code
    where numbered.choice_rank = 1

)

select * from rules_in_force
