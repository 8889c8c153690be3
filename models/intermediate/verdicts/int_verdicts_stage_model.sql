-- One row per stage model rule and stage it looked at.

select
    'SM05' as rule_code,
    rule_verdicts.*
from {{ ref('rule_stage_without_owner') }} as rule_verdicts
