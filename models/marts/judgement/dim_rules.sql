-- One row per rule of the policy.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

listed as (

    select
        rule_id,
        rule_code,
        family,
        subject_type,
        stage_role,
        severity,
        mode,
        owner_team,
        title,
        reason,
        remedy,
        evidence_scope,
        yields_to,
        wave,
        min_coverage_rate,
        amber_rate,
        red_rate,
        is_enabled,
        judges_bulk,
        coalesce(is_repairable, false) as is_repairable,
        nullif(valid_from, timestamp '1900-01-01 00:00:00') as valid_from,
        nullif(valid_to, timestamp '9999-12-31 00:00:00') as valid_to
    from rules

),

as_known as (

    select
        listed.*,
        as_of.as_of
    from listed
    cross join as_of

)

select * from as_known
