-- One row per time rule and visit or handoff it looked at.

select
    'TM01' as rule_code,
    rule_verdicts.*
from {{ ref('rule_stage_overdue') }} as rule_verdicts

union all

select
    'TM03',
    rule_verdicts.*
from {{ ref('rule_handoff_overdue') }} as rule_verdicts
