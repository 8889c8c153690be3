-- One row per movement rule and transition or record change it looked at.

select
    'MV01' as rule_code,
    rule_verdicts.*
from {{ ref('rule_transition_not_allowed') }} as rule_verdicts

union all

select
    'MV02',
    rule_verdicts.*
from {{ ref('rule_stage_skipped') }} as rule_verdicts

union all

select
    'MV04',
    rule_verdicts.*
from {{ ref('rule_moved_by_wrong_team') }} as rule_verdicts

union all

select
    'MV05',
    rule_verdicts.*
from {{ ref('rule_handoff_without_human') }} as rule_verdicts

union all

select
    'MV08',
    rule_verdicts.*
from {{ ref('rule_history_has_gap') }} as rule_verdicts

union all

select
    'MV09',
    rule_verdicts.*
from {{ ref('rule_stage_dated_before_creation') }} as rule_verdicts
