-- One row per hygiene rule and person or record it looked at.

select
    'HY01' as rule_code,
    rule_verdicts.*
from {{ ref('rule_stage_missing') }} as rule_verdicts

union all

select
    'HY02',
    rule_verdicts.*
from {{ ref('rule_stage_unmapped') }} as rule_verdicts

union all

select
    'HY08',
    rule_verdicts.*
from {{ ref('rule_owner_in_wrong_team') }} as rule_verdicts
