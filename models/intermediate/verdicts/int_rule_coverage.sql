-- One row per rule, with whether the evidence that it argues from lands, and is fresh.

with

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

facts as (

    select * from {{ ref('int_landed_facts') }}

),

sources as (

    select count(*) filter (where is_stale) > 0 as is_any_stale
    from {{ ref('int_sources') }}

),

needs (rule_code, fact) as (

    values
    ('EN03', 'valid_source'),
    ('EN06', 'fit'),
    ('EN07', 'interest'),
    ('EN10', 'open_deal'),
    ('EN12', 'won_deal'),
    ('EX03', 'reason'),
    ('EX07', 'open_deal'),
    ('AL01', 'won_deal')

),

gates (rule_code, fact) as (

    values ('AL01', 'signed_contract')

),

described as (

    select
        rules.rule_code,
        coalesce(needed.is_landed, true) as has_evidence_source,
        case when gated.is_landed then gated.coverage_rate end
            as evidence_coverage_rate,
        coalesce(
            gated.is_landed and gated.coverage_rate < rules.min_coverage_rate, false
        ) as is_too_sparse,
        -- what argues from absence cannot be told from a source that stopped loading
        rules.family in ('time', 'alignment') and coalesce(sources.is_any_stale, false)
            as is_stale
    from rules
    cross join sources
    left join needs on rules.rule_code = needs.rule_code
    left join facts as needed on needs.fact = needed.fact
    left join gates on rules.rule_code = gates.rule_code
    left join facts as gated on gates.fact = gated.fact

)

select * from described
