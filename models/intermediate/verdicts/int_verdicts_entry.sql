-- One row per entry rule and visit it looked at.

select
    'EN03' as rule_code,
    rule_verdicts.*
from {{ ref('rule_lead_without_valid_source') }} as rule_verdicts

union all

select
    'EN06',
    rule_verdicts.*
from {{ ref('rule_mql_without_fit') }} as rule_verdicts

union all

select
    'EN07',
    rule_verdicts.*
from {{ ref('rule_mql_without_interest') }} as rule_verdicts

union all

select
    'EN10',
    rule_verdicts.*
from {{ ref('rule_opportunity_without_deal') }} as rule_verdicts

union all

select
    'EN12',
    rule_verdicts.*
from {{ ref('rule_customer_without_won_deal') }} as rule_verdicts
