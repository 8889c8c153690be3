-- One row per exit rule and handoff or visit it looked at.

select
    'EX02' as rule_code,
    rule_verdicts.*
from {{ ref('rule_mql_left_without_sales_decision') }} as rule_verdicts

union all

select
    'EX03',
    rule_verdicts.*
from {{ ref('rule_mql_rejected_without_reason') }} as rule_verdicts

union all

select
    'EX07',
    rule_verdicts.*
from {{ ref('rule_opportunity_left_while_deal_open') }} as rule_verdicts
