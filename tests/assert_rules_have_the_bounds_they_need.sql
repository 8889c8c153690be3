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

needed as (

    select * from (
        values
        ('AL01', 'grace_days', null),
        ('EN06', 'fit_needed_count', 'fit'),
        ('EN07', 'score_points', 'interest'),
        ('EN07', 'score_window_days', 'interest'),
        ('EN09', 'qualification_points', 'qualification'),
        ('TM03', 'decision_working_hours', null)
    ) as needed (rule_code, threshold_name, fact)

),

asked as (

    select * from needed
    where
        rule_code in (select rules.rule_code from rules where rules.is_enabled)
        or fact in (select stage_evidence.fact from stage_evidence)

)

select asked.*
from asked
left join rule_thresholds
    on
        asked.rule_code = rule_thresholds.rule_code
        and asked.threshold_name = rule_thresholds.threshold_name
where rule_thresholds.rule_code is null
