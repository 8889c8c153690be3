-- One row per person, cycle and change of one count of evidence.

select
    person_key,
    cycle_number,
    kind,
    delta,
    event_at
from {{ ref('int_evidence_activities') }}

union all

select
    person_key,
    cycle_number,
    kind,
    delta,
    event_at
from {{ ref('int_evidence_states') }}
