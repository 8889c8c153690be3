-- One row per rule, threshold, scope (null = any) and stretch of time.

with

rule_thresholds as (

    select * from {{ ref('rule_thresholds') }}

),

thresholds as (

    select
        rule_code,
        threshold_name,
        lifecycle_stage,
        lead_source_group,
        segment,
        threshold_value,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01 00:00:00')
            as valid_from,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31 00:00:00')
            as valid_to
    from rule_thresholds
    where rule_code != 'ALL'

)

select * from thresholds
