-- One row per alignment rule and person it looked at.

select
    'AL01' as rule_code,
    rule_verdicts.*
from {{ ref('rule_won_deal_but_not_customer') }} as rule_verdicts

union all

select
    'AL06',
    rule_verdicts.*
from {{ ref('rule_stage_ahead_of_evidence') }} as rule_verdicts
