-- One row per time rule and handoff or visit it looked at.

select 'TM03' as rule_code, rule_verdicts.*
from {{ ref('rule_handoff_overdue') }} as rule_verdicts
