-- Bounds that an enabled rule, or the evidence for a stage, reads and the policy lacks.

with

rules as (

    select * from {{ ref('rules') }}

),

stage_evidence as (

    select * from {{ ref('stage_evidence') }}

),

rule_thresholds as (

    select * from {{ ref('rule_thresholds') }}

),

needed (rule_code, threshold_name, fact) as (

    values
    ('AL01', 'grace_days', null),
    ('EN06', 'fit_needed_count', 'fit'),
    ('EN07', 'score_points', 'interest'),
    ('EN07', 'score_window_days', 'interest'),
    ('EN09', 'qualification_points', 'qualification'),
    ('HY11', 'disagreement_days', null),
    ('TM03', 'decision_working_hours', null)

),

enabled_rules as (

    select rule_code from rules
    where is_enabled

),

asked as (

    select * from needed
    where
        rule_code in (select enabled_rules.rule_code from enabled_rules)
        or fact in (select stage_evidence.fact from stage_evidence)

)

select asked.*
from asked
left join rule_thresholds
    on
        asked.rule_code = rule_thresholds.rule_code
        and asked.threshold_name = rule_thresholds.threshold_name
where rule_thresholds.rule_code is null
