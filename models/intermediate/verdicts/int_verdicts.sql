-- One row per rule and subject it looked at, after the reasons that all rules share.

with

{% set families = [
    'entry', 'exit', 'movement', 'hygiene', 'time', 'alignment', 'stage_model',
] %}
verdicts as (

    {% for family in families %}
    select * from {{ ref('int_verdicts_' ~ family) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

rules as (

    select * from {{ ref('int_rules_in_force') }}

),

coverage as (

    select * from {{ ref('int_rule_coverage') }}

),

subjects as (

    select
        subject_type,
        subject_key,
        transition_key,
        exit_transition_key,
        is_bulk,
        is_exit_bulk,
        is_start_inferred
    from {{ ref('int_subjects') }}

),

excepted as (

    select * from {{ ref('int_exceptions_in_force') }}

),

described as (

    select
        verdicts.*,
        rules.rule_id,
        rules.subject_type,
        case
            when rules.family = 'exit' then subjects.exit_transition_key
            else subjects.transition_key
        end as transition_key,
        case
            when not rules.is_enabled then 'rule_not_enabled'
            when
                verdicts.judged_at < rules.valid_from
                or verdicts.judged_at >= rules.valid_to
                then 'rule_not_in_force'
            when not coverage.has_evidence_source then 'no_evidence_source'
            when coverage.is_stale then 'source_stale'
            when coverage.is_too_sparse then 'evidence_too_sparse'
            -- an inferred start makes an unknown entry; its exit is known
            when rules.family in ('entry', 'movement') and subjects.is_start_inferred
                then 'start_unknown'
            when
                not rules.judges_bulk
                and case
                    when rules.family = 'exit' then subjects.is_exit_bulk
                    else subjects.is_bulk
                end
                then 'bulk_change'
            when excepted.subject_key is not null and verdicts.verdict <> 'not_judged'
                then 'excepted'
        end as shared_reason
    from verdicts
    inner join rules on verdicts.rule_code = rules.rule_code
    inner join coverage on verdicts.rule_code = coverage.rule_code
    inner join subjects
        on
            rules.subject_type = subjects.subject_type
            and verdicts.subject_key = subjects.subject_key
    left join excepted
        on
            verdicts.rule_code = excepted.rule_code
            and verdicts.subject_key = excepted.subject_key

),

settled as (

    select
        described.rule_code,
        described.rule_id,
        described.subject_type,
        described.subject_key,
        described.transition_key,
        case
            when described.shared_reason is not null then 'not_judged'
            else described.verdict
        end as verdict,
        -- of two reasons the earlier in the list; a rule's own come after the shared
        -- ones
        case
            when
                described.shared_reason is not null
                and (
                    described.verdict <> 'not_judged'
                    or coalesce(described.reason, '') not in (
                        'stage_not_in_policy', 'no_evidence_source'
                    )
                    or described.shared_reason in (
                        'rule_not_enabled', 'rule_not_in_force'
                    )
                )
                then described.shared_reason
            when described.verdict = 'not_judged' then described.reason
        end as reason,
        case
            when described.shared_reason is null and described.verdict = 'broken'
                then described.evidence
        end as evidence,
        described.judged_at,
        described.occurred_at
    from described

),

repairs as (

    select * from {{ ref('int_repairs') }}

),

verdicts_settled as (

    select
        settled.rule_code,
        settled.rule_id,
        settled.subject_type,
        settled.subject_key,
        settled.transition_key,
        settled.verdict,
        settled.reason,
        settled.evidence,
        repairs.subject_key is not null and settled.verdict = 'broken' as is_repaired,
        settled.judged_at,
        settled.occurred_at,
        case when settled.verdict = 'broken' then repairs.repaired_at end as repaired_at
    from settled
    left join repairs
        on
            settled.rule_code = repairs.rule_code
            and settled.subject_key = repairs.subject_key

)

select * from verdicts_settled
