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
    'HY03',
    rule_verdicts.*
from {{ ref('rule_stage_holds_other_concept') }} as rule_verdicts

union all

select
    'HY04',
    rule_verdicts.*
from {{ ref('rule_status_holds_stage') }} as rule_verdicts

union all

select
    'HY08',
    rule_verdicts.*
from {{ ref('rule_owner_in_wrong_team') }} as rule_verdicts

union all

select
    'HY11',
    rule_verdicts.*
from {{ ref('rule_records_disagree') }} as rule_verdicts

union all

select
    'HY12',
    rule_verdicts.*
from {{ ref('rule_duplicate_in_one_system') }} as rule_verdicts

union all

select
    'HY13',
    rule_verdicts.*
from {{ ref('rule_history_disagrees_with_record') }} as rule_verdicts
